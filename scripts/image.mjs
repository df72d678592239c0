/**
 * Makes everything that an image holds, once, with the scripts behind `npm start`: Node.js and pnpm, packages, the
 * media worker (at a fixed path: infra/image/bin), the pages. Then what only building needed is removed.
 */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PlainError, runMain } from './lib/failure.mjs';
import { root } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { run } from './lib/run.mjs';
import { step } from './lib/say.mjs';
import { ensureWeb } from './lib/web.mjs';

const bin = join(root, 'infra', 'image', 'bin');

await runMain(async () => {
  const env = await prepare();
  await ensureWeb(env);
  mkdirSync(bin, { recursive: true });
  copyFileSync(env.MEDIASOUP_WORKER_BIN, join(bin, 'mediasoup-worker'));
  step('Removing what only building needed');
  const install = ['install', '--prod', '--frozen-lockfile', '--prefer-offline'];
  const { code, output } = await run('pnpm', install, { cwd: root, env: { ...env, CI: 'true' } });
  if (code !== 0)
    throw new PlainError(`The packages for running could not be kept alone. pnpm said:\n${output}`);
});
