import { join } from 'node:path';
import { runTogether } from '../child.mjs';
import { prepare } from '../prepare.mjs';
import { root } from '../paths.mjs';
import { ensureWeb } from '../web.mjs';

/** Prepares what is missing and runs Relais; further arguments go to the server. */
export async function main(args) {
  const env = await prepare();
  await ensureWeb(env);
  const server = join(root, 'apps', 'server', 'src', 'main.ts');
  return runTogether([
    {
      command: 'node',
      args: [server, ...args],
      cwd: root,
      env: { NODE_ENV: 'production', ...env },
      endsItsOwn: true,
    },
  ]);
}
