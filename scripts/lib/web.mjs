import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PlainError, fullDiskIn } from './failure.mjs';
import { filesUnder, fingerprintOfFiles, readStamp, writeStamp } from './files.mjs';
import { withLock } from './lock.mjs';
import { prepareLock, root } from './paths.mjs';
import { run } from './run.mjs';
import { step } from './say.mjs';

const STAMP = 'web';
const web = join(root, 'apps', 'web');
const output = join(web, 'build');

/** Builds the pages that the browser gets, when anything they are made of changed since the last time. */
export async function ensureWeb(env) {
  if (isBuilt()) return;
  await withLock(prepareLock, 'preparing Relais', async () => {
    if (!isBuilt()) await build(env);
  });
}

function isBuilt() {
  return existsSync(join(output, 'handler.js')) && readStamp(STAMP) === fingerprintOfFiles(sources());
}

async function build(env) {
  step('Building the pages');
  const built = fingerprintOfFiles(sources());
  writeStamp(STAMP, 'unfinished');
  const { code, output: said } = await run('pnpm', ['--filter', '@relais/web', 'build'], { cwd: root, env });
  if (code !== 0)
    throw new PlainError(`The pages could not be built. ${fullDiskIn(said) ?? `The build said:\n${said}`}`);
  writeStamp(STAMP, built);
}

/** Not part of the pages: what is installed or made from them, and their tests. */
const notSources = new Set([
  'node_modules',
  'build',
  '.svelte-kit',
  '.turbo',
  'e2e',
  'test-results',
  'playwright-report',
]);
const skip = (name) => notSources.has(name) || /\.(test|spec)\.ts$/.test(name);

function sources() {
  const shared = ['pnpm-lock.yaml', 'tsconfig.base.json'].map((name) => join(root, name));
  return [web, join(root, 'packages'), ...shared].flatMap((path) => filesUnder(path, skip));
}
