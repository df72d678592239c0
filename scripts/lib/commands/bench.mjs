import { join } from 'node:path';
import { runTogether } from '../child.mjs';
import { root } from '../paths.mjs';
import { prepare } from '../prepare.mjs';
import { ensureTestPrograms } from '../test-programs.mjs';

/** Measures Relais: makes what is missing, then runs the bench with Relais' own Node.js. */
export async function main(args) {
  const env = await asideOfFigures(async () => {
    const prepared = await prepare();
    return { ...prepared, ...(await ensureTestPrograms(prepared)) };
  });
  const bench = join(root, 'apps', 'bench', 'src', 'main.ts');
  return runTogether([{ command: 'node', args: [bench, ...args], cwd: root, env }]);
}

/** What is prepared is told on the error output: with `--json` the other is for figures alone. */
async function asideOfFigures(work) {
  const write = process.stdout.write;
  process.stdout.write = process.stderr.write.bind(process.stderr);
  try {
    return await work();
  } finally {
    process.stdout.write = write;
  }
}
