import { createDatabase, migrateDatabase, type Database } from '@relais/db';
import type { MeetingId } from '@relais/protocol';
import { startTestPostgres, type TestPostgres } from '@relais/testing/test-postgres';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { checkReportsContract } from '../ports/check-reports.contract.ts';
import { created } from '../ports/meeting-log.contract.ts';
import { createPostgresCheckReports } from './postgres-check-reports.ts';
import { createPostgresMeetingLog } from './postgres-meeting-log.ts';

let postgres: TestPostgres;
let database: Database | undefined;

beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterEach(() => database?.close());
afterAll(() => postgres.close());

async function open(url: string) {
  database = createDatabase({ url });
  const log = createPostgresMeetingLog(database);
  await log.create(created('m1', 'abc-defg-hjk'));
  await log.create(created('m2', 'abc-defg-hjm'));
  return createPostgresCheckReports(database);
}

checkReportsContract('PostgreSQL', async () => open(await postgres.freshDatabase()));

const ANA = { owner: 'a', name: 'Ana', verdict: 'ready', at: 1000 } as const;

it('keeps results over a restart of the hub', async () => {
  const url = await postgres.freshDatabase();
  await (await open(url)).keep('m1' as MeetingId, ANA);
  await database?.close();
  await migrateDatabase(url);
  database = createDatabase({ url });
  expect(await createPostgresCheckReports(database).list('m1' as MeetingId, 0)).toEqual({
    ok: true,
    value: [{ name: 'Ana', verdict: 'ready', at: 1000 }],
  });
});

it('says that it is unavailable while the database is away', async () => {
  database = createDatabase({ url: 'postgres://nobody@127.0.0.1:1/nothing' });
  const reports = createPostgresCheckReports(database);
  const away = { ok: false, error: { kind: 'unavailable' } };
  expect(await reports.keep('m1' as MeetingId, ANA)).toEqual(away);
  expect(await reports.list('m1' as MeetingId, 0)).toEqual(away);
  expect(await reports.erase('m1' as MeetingId, 'a')).toEqual(away);
  expect(await reports.eraseBefore(0)).toEqual(away);
});
