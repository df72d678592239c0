import { cp, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDatabase, type Database } from './database.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import journal from '../migrations/meta/_journal.json' with { type: 'json' };
import { silentLogger } from './logger.ts';
import { migrateDatabase } from './migrate.ts';

let server: EmbeddedPostgres;
let database: Database;

beforeAll(async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'relais-migrate-'));
  server = await startEmbeddedPostgres({ dataDir, logger: silentLogger, ephemeral: true });
  database = createDatabase({ url: server.url });
});
afterAll(async () => {
  await database.close();
  await server.close();
});

it('is done once when many processes start at once, and again without effect', async () => {
  await Promise.all(Array.from({ length: 8 }, () => migrateDatabase(server.url)));
  await migrateDatabase(server.url);
  const { rows } = await database.orm.execute(
    'select count(*)::integer as count from drizzle.__drizzle_migrations',
  );
  expect(rows).toEqual([{ count: journal.entries.length }]);
});

it('leaves the lock free', async () => {
  await migrateDatabase(server.url);
  const { rows } = await database.orm.execute(`select 1 from pg_locks where locktype = 'advisory'`);
  expect(rows).toEqual([]);
});

it('reads a page of history from its index, however much lies between the messages', async () => {
  await migrateDatabase(server.url);
  await database.orm.execute(`
    insert into meetings values ('m', 'abc-defg-hjk', 'Cercle', 20000, now());
    insert into meeting_events
      select 'm', n, case when n % 100 = 0 then 'messagePosted' else 'participantLeft' end,
        jsonb_build_object('participantId', 'p', 'clientMessageId', 'c' || n), now()
      from generate_series(1, 20000) n;
    analyze meeting_events;`);
  const { rows } = await database.orm.execute(`
    explain select version, payload from meeting_events
    where meeting_id = 'm' and type = 'messagePosted' and version < 15000 order by version desc limit 100`);
  expect(JSON.stringify(rows)).toContain('Index Scan Backward using meeting_events_messages');
});

it('leads on from the version before, whose data stays', async () => {
  await database.orm.execute('create database former');
  const url = server.url.replace('/postgres?', '/former?');
  expect(url).not.toBe(server.url);
  const former = createDatabase({ url });
  try {
    const folder = await mkdtemp(join(tmpdir(), 'relais-former-'));
    await cp(fileURLToPath(new URL('../migrations', import.meta.url)), folder, { recursive: true });
    const entries = journal.entries.slice(0, -1);
    await writeFile(join(folder, 'meta/_journal.json'), JSON.stringify({ ...journal, entries }));
    await migrate(former.orm, { migrationsFolder: folder });
    await former.orm.execute(`
      insert into meetings values ('m', 'abc-defg-hjk', 'Cercle', 1, now());
      insert into meeting_events values ('m', 1, 'meetingCreated', '{}', now());`);
    await migrateDatabase(url);
    const { rows } = await former.orm.execute(`
      select (select count(*) from meeting_events)::integer as events,
        (select count(*) from drizzle.__drizzle_migrations)::integer as steps`);
    expect(rows).toEqual([{ events: 1, steps: journal.entries.length }]);
  } finally {
    await former.close();
  }
});

it('rejects within its time when there is no server', async () => {
  await expect(migrateDatabase('postgresql:///x?host=/nowhere&user=relais')).rejects.toThrow();
});
