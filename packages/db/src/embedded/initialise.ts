import { chown, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../logger.ts';
import { environmentForLibraries, type PostgresBinaries } from './binaries.ts';
import { runCommand, searchPath } from './command.ts';
import { EmbeddedPostgresError } from './error.ts';
import type { Identity } from './identity.ts';
import { exists, own, type Place } from './place.ts';
import { initdbArguments } from './settings.ts';

const INITDB_TIMEOUT_MS = 120_000;

export interface Preparation {
  binaries: PostgresBinaries;
  identity: Identity;
  place: Place;
  durable: boolean;
  logger: Logger;
}

/**
 * Leaves data in the place that this version can serve: made now, if there is none. It is made under another
 * name and renamed when complete, so that a process killed half-way leaves nothing that looks like data.
 */
export async function prepareData(preparation: Preparation): Promise<void> {
  const { place, binaries, identity } = preparation;
  if (!(await exists(place.data))) return initialise(preparation);
  const found = await readFile(join(place.data, 'PG_VERSION'), 'utf8').catch(() => 'unknown');
  if (found.trim() !== String(binaries.major)) {
    throw new EmbeddedPostgresError(
      `${place.data} was written by PostgreSQL ${found.trim()}; this is PostgreSQL ${binaries.major}. ` +
        'Move the data with pg_dump and pg_restore, or set DATABASE_URL to a server of that version.',
    );
  }
  await own(place.data, identity);
}

async function initialise(preparation: Preparation): Promise<void> {
  const { place, binaries, identity, durable, logger } = preparation;
  const startedAt = Date.now();
  const half = `${place.data}.new`;
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { mode: 0o700 });
  if (identity.kind !== 'self') await chown(half, identity.uid, identity.gid);
  const initdb = join(binaries.folder, 'bin', 'initdb');
  const argv = [
    ...identity.prefix,
    initdb,
    ...initdbArguments({ data: half, major: binaries.major, durable }),
  ];
  const outcome = await runCommand(argv, {
    timeoutMs: INITDB_TIMEOUT_MS,
    env: postgresEnvironment(binaries),
  });
  if (!outcome.ok) {
    await rm(half, { recursive: true, force: true });
    throw new EmbeddedPostgresError(
      `The database could not be made in ${place.folder}: ${outcome.complaint}`,
    );
  }
  await rename(half, place.data);
  if (place.linkFrom !== undefined) await symlink(place.data, place.linkFrom);
  logger.info({ data: place.data, tookMs: Date.now() - startedAt }, 'made a new database');
}

/** Nothing of ours but the path: our environment holds secrets, and PG* variables meant for clients. */
export function postgresEnvironment(binaries: PostgresBinaries): Record<string, string> {
  return { PATH: searchPath(), LC_ALL: 'C', TZ: 'UTC', ...environmentForLibraries(binaries) };
}
