import { createHash } from 'node:crypto';
import {
  chown,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readlink,
  realpath,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isCode, environmentForLibraries, type PostgresBinaries } from './binaries.ts';
import { runCommand } from './command.ts';
import { EmbeddedPostgresError } from './error.ts';
import type { Identity } from './identity.ts';

/** Where data goes that PostgreSQL's user cannot reach in the data folder. It outlives restarts, unlike /tmp. */
const SHARED_FOLDER = '/var/lib/relais';

/** Where one PostgreSQL keeps its things. */
export interface Place {
  /** Holds the data and the lock. */
  folder: string;
  /** PostgreSQL's own data directory; absent until `initdb` has made it. */
  data: string;
  lockFile: string;
  /** Where a symbolic link to the data is to be made with them: the data folder is elsewhere. */
  linkFrom?: string;
}

/**
 * The place for `dataDir`: inside it, or, when the identity may not go there, in /var/lib/relais with a symbolic
 * link from it. Undefined when neither will do.
 */
export async function findPlace(dataDir: string, identity: Identity): Promise<Place | undefined> {
  // May be passed through by PostgreSQL's user, not listed; what it holds has its own permissions.
  await mkdir(dataDir, { recursive: true, mode: 0o711 });
  const root = await realpath(dataDir);
  const here = join(root, 'postgres');
  const link = await readlink(here).catch(() => undefined);
  if (link !== undefined) return linkedPlace(resolve(root, link), here, identity);
  if (await canEnter(root, identity)) return placeIn(root);
  // Data that lies here already stays here: another identity, or the person, must find a way.
  if (await exists(here)) return undefined;
  return sharedPlace(root, identity);
}

function placeIn(folder: string): Place {
  return { folder, data: join(folder, 'postgres'), lockFile: join(folder, 'postgres.lock') };
}

async function linkedPlace(data: string, link: string, identity: Identity): Promise<Place | undefined> {
  const found = await realpath(data).catch(() => undefined);
  if (found === undefined) {
    // Made together with the data, so the data has gone since: a new, empty database would hide the loss.
    throw new EmbeddedPostgresError(
      `${link} is a link to ${data}, which is not there. Put it back, or remove the link to begin anew.`,
    );
  }
  const place = { ...placeIn(dirname(found)), data: found };
  if (identity.kind !== 'self') await chown(place.folder, identity.uid, identity.gid);
  return (await canEnter(place.folder, identity)) ? place : undefined;
}

async function sharedPlace(root: string, identity: Identity): Promise<Place | undefined> {
  const name = createHash('sha256').update(root).digest('hex').slice(0, 16);
  const folder = join(SHARED_FOLDER, name);
  try {
    await mkdir(SHARED_FOLDER, { recursive: true, mode: 0o755 });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chown(folder, identity.uid, identity.gid);
  } catch (error) {
    if (isCode(error, 'EACCES', 'EROFS', 'EPERM')) return undefined;
    throw error;
  }
  const usable = await canEnter(folder, identity);
  return usable ? { ...placeIn(folder), linkFrom: join(root, 'postgres') } : undefined;
}

/** Whether PostgreSQL's user may pass through this folder. */
async function canEnter(folder: string, identity: Identity): Promise<boolean> {
  if (identity.kind === 'self') return true;
  return (await runCommand([...identity.prefix, 'test', '-x', folder], { timeoutMs: 5000 })).ok;
}

/** The binaries where the identity can run them: as they are, or a copy. Undefined when neither will do. */
export async function reachableBinaries(
  binaries: PostgresBinaries,
  identity: Identity,
): Promise<PostgresBinaries | undefined> {
  if (identity.kind === 'self' || (await runs(binaries, identity))) return binaries;
  const folder = join(SHARED_FOLDER, `postgresql-${binaries.version}`);
  // The libraries' links are among what is copied, or in a folder that is reachable no better.
  const copy = { folder, version: binaries.version, major: binaries.major };
  if (await runs(copy, identity)) return copy;
  try {
    await mkdir(SHARED_FOLDER, { recursive: true, mode: 0o755 });
    const half = await mkdtemp(`${folder}.`);
    await cp(binaries.folder, half, { recursive: true, verbatimSymlinks: true });
    if (binaries.linksFolder !== undefined) await copyLinks(binaries.linksFolder, join(half, 'lib'));
    await openUp(half);
    await rm(folder, { recursive: true, force: true });
    await rename(half, folder);
  } catch (error) {
    if (!isCode(error, 'EACCES', 'EROFS', 'EPERM', 'ENOSPC')) throw error;
  }
  return (await runs(copy, identity)) ? copy : undefined;
}

async function copyLinks(from: string, to: string): Promise<void> {
  for (const name of await readdir(from)) {
    await cp(join(from, name), join(to, name), { dereference: true });
  }
}

async function openUp(folder: string): Promise<void> {
  await runCommand(['chmod', '-R', 'go+rX', folder], { timeoutMs: 30_000 });
}

async function runs(binaries: PostgresBinaries, identity: Identity): Promise<boolean> {
  const argv = [...identity.prefix, join(binaries.folder, 'bin', 'postgres'), '--version'];
  const env = { PATH: process.env['PATH'] ?? '', ...environmentForLibraries(binaries) };
  return (await runCommand(argv, { timeoutMs: 10_000, env })).ok;
}

/**
 * Makes `path` and all below belong to the identity: the data of a machine that changed its mind about user
 * namespaces belongs to the user of before. Only root can and need do this. Links are not followed.
 */
export async function own(path: string, identity: Identity): Promise<void> {
  if (identity.kind === 'self') return;
  const { uid } = await stat(path);
  if (uid === identity.uid) return;
  const owner = `${identity.uid}:${identity.gid}`;
  const outcome = await runCommand(['chown', '-R', '-h', '-P', owner, path], { timeoutMs: 60_000 });
  if (!outcome.ok) throw new Error(`Could not give ${path} to user ${identity.uid}: ${outcome.complaint}`);
}

/** Whether there is anything at `path`, be it a broken link. */
export async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
