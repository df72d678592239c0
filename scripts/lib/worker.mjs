import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PlainError } from './failure.mjs';
import { withLock } from './lock.mjs';
import { platform, userCache } from './paths.mjs';
import { step } from './say.mjs';
import { build } from './worker/build.mjs';
import { starts } from './worker/check.mjs';
import { findMediasoup } from './worker/package.mjs';
import { fetchPrebuilt } from './worker/prebuilt.mjs';
import { libraryKey, recipeKey } from './worker/recipe.mjs';

const BINARY = 'mediasoup-worker';

/**
 * Makes sure of mediasoup's worker, the program that moves audio and video, and answers its path:
 * the one that MEDIASOUP_WORKER_BIN names; else the one kept in the user's cache; else mediasoup's
 * own prebuilt one, if it can be fetched; else one built here from the source in the npm package.
 */
export async function ensureWorker(env = process.env) {
  if (env.MEDIASOUP_WORKER_BIN) return given(env.MEDIASOUP_WORKER_BIN);
  const mediasoup = findMediasoup();
  const cache = join(userCache(env), 'worker');
  const cached = findCached(cache, mediasoup.version);
  if (cached) return cached;
  mkdirSync(cache, { recursive: true });
  return withLock(join(cache, 'build.lock'), 'preparing the media worker', async () => {
    return findCached(cache, mediasoup.version) ?? (await obtain(cache, mediasoup, env));
  });
}

/** Whether this worker was built here, with our bridge to libsrtp 2 in it. */
export function isBuiltHere(workerPath) {
  return /-source-[0-9a-f]+-[0-9a-f]+[/\\]mediasoup-worker$/.test(workerPath);
}

function given(path) {
  if (starts(resolve(path))) return resolve(path);
  throw new PlainError(
    `MEDIASOUP_WORKER_BIN names ${path}, which is not a mediasoup worker that runs on this machine.`,
  );
}

async function obtain(cache, mediasoup, env) {
  step('Looking for a ready-made media worker');
  const prebuilt = join(cache, `${prefix(mediasoup.version)}-prebuilt`);
  if (await fetchPrebuilt(mediasoup, prebuilt, env)) return join(prebuilt, BINARY);
  step('None can be fetched from here: building the media worker from its source (once, 3 to 8 minutes)');
  // Only now, when all tools and libraries are there, can the libraries be asked for their versions.
  return build(
    mediasoup,
    cache,
    () => join(cache, `${sourcePrefix(mediasoup.version)}-${libraryKey()}`),
    env,
  );
}

const prefix = (version) => `${version}-${platform}`;
const sourcePrefix = (version) => `${prefix(version)}-source-${recipeKey()}`;

/**
 * A worker made earlier that still starts. When the libraries' development files have been removed
 * since, their versions are unknown, and any build of this recipe that starts will do.
 */
function findCached(cache, version) {
  const libraries = libraryKey();
  const isOurs = (name) =>
    name === `${prefix(version)}-prebuilt` ||
    (libraries
      ? name === `${sourcePrefix(version)}-${libraries}`
      : name.startsWith(`${sourcePrefix(version)}-`));
  const names = existsSync(cache) ? readdirSync(cache).filter(isOurs).sort() : [];
  return names.map((name) => join(cache, name, BINARY)).find(starts);
}
