import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { patches } from '../../worker/patches.mjs';
import { PlainError, fullDiskIn } from '../failure.mjs';
import { run } from '../run.mjs';
import { duration, progress, say } from '../say.mjs';
import { starts } from './check.mjs';
import { mesonOptions, recipe } from './recipe.mjs';
import { ensureBuildTools } from './requirements.mjs';

const BINARY = 'mediasoup-worker';
const UNFINISHED = 'building-';

/**
 * Builds the worker from the source inside mediasoup's npm package, against the distribution's
 * libraries, in a folder of its own beside the cache; only the finished program is moved in. The
 * caller holds the cache's lock, so whatever unfinished folder lies there was left by a dead build.
 */
export async function build(mediasoup, cache, destination, env) {
  for (const name of readdirSync(cache)) {
    if (name.startsWith(UNFINISHED)) rmSync(join(cache, name), { recursive: true, force: true });
  }
  await ensureBuildTools();
  const began = Date.now();
  const folder = mkdtempSync(join(cache, UNFINISHED));
  const discard = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', discard);
  try {
    prepareSource(mediasoup, folder);
    await compile(folder, env);
    await tryOut(mediasoup, join(folder, 'out', BINARY), env);
    const path = keep(join(folder, 'out', BINARY), folder, destination());
    say(`  The media worker is ready (${duration(Date.now() - began)}).`);
    return path;
  } finally {
    discard();
    process.off('exit', discard);
  }
}

/** The package's source, with our stand-ins for the libraries it would download, and our patches. */
function prepareSource(mediasoup, folder) {
  cpSync(join(mediasoup.folder, 'worker'), folder, { recursive: true });
  const subprojects = join(folder, 'subprojects');
  rmSync(subprojects, { recursive: true });
  cpSync(join(recipe, 'subprojects'), subprojects, { recursive: true });
  cpSync(join(recipe, 'bridge', 'srtp.h'), join(subprojects, 'libsrtp3', 'bridge', 'srtp.h'));
  cpSync(join(recipe, 'bridge', 'ankerl'), join(subprojects, 'unordered-dense', 'bridge', 'ankerl'), {
    recursive: true,
  });
  cpSync(join(recipe, 'bridge', 'precompiled.hpp'), join(folder, 'precompiled', 'precompiled.hpp'));
  for (const patch of patches) apply(patch, folder, mediasoup.version);
}

/** A patch whose place is not exactly as expected may no longer be right: it is never applied by guess. */
function apply({ file, from, to, why }, folder, version) {
  const path = join(folder, file);
  const pieces = readFileSync(path, 'utf8').split(from);
  if (pieces.length !== 2) {
    throw new PlainError(
      `mediasoup ${version} cannot be built here: ${file} has changed, and the patch for it (scripts/worker/patches.mjs) ` +
        `must be reviewed first. It was made for this reason: ${why}`,
    );
  }
  writeFileSync(path, pieces.join(to));
}

async function compile(folder, env) {
  const setup = await run('meson', ['setup', 'out', ...mesonOptions], { cwd: folder, env });
  if (setup.code !== 0) throw buildFailure(setup.output);
  const shown = progress('compiled');
  const onLine = (line) => {
    const [, done, total] = /^\[(\d+)\/(\d+)\]/.exec(line) ?? [];
    if (done) shown.update(Number(done), Number(total));
  };
  const ninja = await run('ninja', ['-C', 'out', BINARY], { cwd: folder, env, onLine });
  shown.end();
  if (ninja.code !== 0) throw buildFailure(ninja.output);
}

function buildFailure(output) {
  const end = output.trimEnd().split('\n').slice(-25).join('\n');
  return new PlainError(
    `The media worker could not be built. ${fullDiskIn(output) ?? `The build said:\n${end}`}`,
  );
}

/** A worker that cannot do its work is not kept. */
async function tryOut(mediasoup, binary, env) {
  if (!starts(binary)) throw new PlainError('The media worker was built but does not start on this machine.');
  const { code, output } = await run('node', [join(recipe, 'smoke.mjs'), mediasoup.folder, binary], { env });
  if (code !== 0) throw new PlainError(`The media worker was built but does not work:\n${output}`);
}

function keep(binary, folder, destination) {
  const finished = join(folder, 'finished');
  mkdirSync(finished);
  renameSync(binary, join(finished, BINARY));
  rmSync(destination, { recursive: true, force: true });
  renameSync(finished, destination);
  return join(destination, BINARY);
}
