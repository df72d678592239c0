import { access, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { readPidFile } from '../embedded/postmaster.ts';
import { embeddedUrl } from '../embedded/settings.ts';
import { startEmbeddedPostgres } from '../embedded-postgres.ts';
import { silentLogger } from '../logger.ts';
import { DumpError } from './format.ts';

/**
 * Does something with the embedded database of a data folder: with the one that runs, or with one that runs for as long as it takes.
 */
export async function withEmbedded<T>(dataDir: string, work: (url: string) => Promise<T>): Promise<T> {
  const data = await realpath(join(dataDir, 'postgres')).catch(() => undefined);
  if (data === undefined)
    throw new DumpError(
      `There is no database in ${dataDir}. Say where it is with RELAIS_DATA_DIR, or with DATABASE_URL.`,
    );
  const running = await readPidFile(data);
  if (running?.status === 'ready' && (await canEnter(running.socketFolder)))
    return work(embeddedUrl(running.socketFolder));
  return withOwnEmbedded(dataDir, work);
}

/** The same, where no Relais may be running on it: rejects if one is. */
export async function withOwnEmbedded<T>(dataDir: string, work: (url: string) => Promise<T>): Promise<T> {
  const server = await startEmbeddedPostgres({ dataDir, logger: silentLogger });
  try {
    return await work(server.url);
  } finally {
    await server.close();
  }
}

function canEnter(socketFolder: string): Promise<boolean> {
  return access(join(socketFolder, '.s.PGSQL.5432')).then(
    () => true,
    () => false,
  );
}
