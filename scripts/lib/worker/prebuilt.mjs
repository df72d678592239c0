import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { platform } from '../paths.mjs';
import { starts } from './check.mjs';

const BINARY = 'mediasoup-worker';

/** Where nothing answers, the building should begin soon; a slow line may take its time to download. */
const ANSWER_WITHIN = 6_000;
const DOWNLOAD_WITHIN = 120_000;

/**
 * Fetches the worker that mediasoup's makers offer for this version and platform into `folder`, as
 * the installation script of its npm package does. Answers false, quietly, when that cannot be had
 * or does not run on this machine.
 */
export async function fetchPrebuilt(mediasoup, folder, env) {
  if (env.MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD) return false;
  const base = env.MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL || mediasoup.releases;
  const archive = await download(`${base}/${mediasoup.version}/${archiveName(mediasoup.version)}`);
  const binary = archive && unpack(archive);
  return binary ? keep(binary, folder) : false;
}

function archiveName(version) {
  const kernel = process.platform === 'linux' ? `-kernel${Number.parseInt(release(), 10)}` : '';
  return `mediasoup-worker-${version}-${platform}${kernel}.tgz`;
}

async function download(url) {
  const abort = new AbortController();
  let timer = setTimeout(() => abort.abort(), ANSWER_WITHIN);
  try {
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok) return undefined;
    clearTimeout(timer);
    timer = setTimeout(() => abort.abort(), DOWNLOAD_WITHIN);
    return Buffer.from(await response.arrayBuffer());
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

/** The one file in the archive: a tar header of 512 bytes (name at 0, size in octal at 124), then its bytes. */
function unpack(archive) {
  try {
    const tar = gunzipSync(archive);
    const name = tar.toString('latin1', 0, 100).replace(/\0.*$/s, '');
    const size = Number.parseInt(tar.toString('latin1', 124, 136), 8);
    const isWhole = name.endsWith(BINARY) && size > 0 && tar.length >= 512 + size;
    return isWhole ? tar.subarray(512, 512 + size) : undefined;
  } catch {
    return undefined;
  }
}

/** Tried in a folder beside, then renamed: what is in the cache has run on this machine. */
function keep(binary, folder) {
  const fresh = `${folder}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  writeFileSync(join(fresh, BINARY), binary);
  chmodSync(join(fresh, BINARY), 0o755);
  const works = starts(join(fresh, BINARY));
  rmSync(folder, { recursive: true, force: true });
  if (works) renameSync(fresh, folder);
  else rmSync(fresh, { recursive: true, force: true });
  return works;
}
