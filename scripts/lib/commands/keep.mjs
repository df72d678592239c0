import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { ensurePackages } from '../packages.mjs';
import { root } from '../paths.mjs';
import { ensureToolchain } from '../toolchain.mjs';

/** Backs up or restores: `backup FILE`, `restore FILE`. A file is named as seen from where the command was given. */
export async function main([what, ...args]) {
  const env = await ensureToolchain();
  await ensurePackages(env);
  const from = env.INIT_CWD || process.cwd();
  const told = args.map((arg) => (arg.startsWith('-') ? arg : resolve(from, arg)));
  const keep = join(root, 'apps', 'server', 'src', 'keep.ts');
  const { status } = spawnSync('node', [keep, what, ...told], { cwd: root, env, stdio: 'inherit' });
  return status ?? 1;
}
