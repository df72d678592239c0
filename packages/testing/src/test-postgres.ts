import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createDatabase,
  migrateDatabase,
  type PostgresBinaries,
  silentLogger,
  startEmbeddedPostgres,
} from '@relais/db';

export interface TestPostgres {
  /** A migrated, empty database of one's own; a copy of a template, so it takes some tens of milliseconds. */
  freshDatabase(): Promise<string>;
  close(): Promise<void>;
}

const TEMPLATE = 'template_relais';

/**
 * A PostgreSQL for the tests of one file, in a temporary folder; it ends with the test process, however that
 * ends. `RELAIS_TEST_POSTGRES` may name the folder of another PostgreSQL (the one above `bin`), for instance
 * `/usr/lib/postgresql/15`.
 */
export async function startTestPostgres(): Promise<TestPostgres> {
  const dataDir = await mkdtemp(join(tmpdir(), 'relais-test-'));
  const binaries = otherBinaries();
  const server = await startEmbeddedPostgres({
    dataDir,
    logger: silentLogger,
    ephemeral: true,
    ...(binaries === undefined ? {} : { binaries }),
  });
  const admin = createDatabase({ url: server.url });
  await admin.orm.execute(`create database ${TEMPLATE}`);
  await migrateDatabase(withDatabase(server.url, TEMPLATE));
  return {
    async freshDatabase() {
      const name = `test_${randomUUID().replaceAll('-', '')}`;
      await admin.orm.execute(`create database ${name} template ${TEMPLATE} strategy file_copy`);
      return withDatabase(server.url, name);
    },
    async close() {
      await admin.close();
      await server.close();
    },
  };
}

function withDatabase(url: string, name: string): string {
  return url.replace('///postgres?', `///${name}?`);
}

function otherBinaries(): PostgresBinaries | undefined {
  const folder = process.env['RELAIS_TEST_POSTGRES'];
  const version = /\d+/.exec(folder ?? '')?.[0];
  return folder && version ? { folder, version, major: Number(version) } : undefined;
}
