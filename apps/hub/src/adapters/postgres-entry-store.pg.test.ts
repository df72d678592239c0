import { createDatabase, type Database } from '@relais/db';
import type { MeetingId, ParticipantId } from '@relais/protocol';
import { startTestPostgres, type TestPostgres } from '@relais/testing/test-postgres';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { entryStoreContract } from '../ports/entry-store.contract.ts';
import { created } from '../ports/meeting-log.contract.ts';
import { createPostgresEntryStore } from './postgres-entry-store.ts';
import { createPostgresMeetingLog } from './postgres-meeting-log.ts';

let postgres: TestPostgres;
let database: Database | undefined;

beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterEach(() => database?.close());
afterAll(() => postgres.close());

entryStoreContract('PostgreSQL', async () => {
  database = createDatabase({ url: await postgres.freshDatabase() });
  const log = createPostgresMeetingLog(database);
  await log.create(created('m1', 'abc-defg-hjk'));
  await log.create(created('m2', 'abc-defg-hjm'));
  return createPostgresEntryStore(database);
});

it('says that it is unavailable while the database is away', async () => {
  database = createDatabase({ url: 'postgres://nobody@127.0.0.1:1/nothing' });
  const store = createPostgresEntryStore(database);
  const away = { ok: false, error: { kind: 'unavailable' } };
  expect(await store.find('m1' as MeetingId)).toEqual(away);
  expect(await store.come('m1' as MeetingId, 'l', 'p' as ParticipantId, 0)).toEqual(away);
  expect(await store.setInvited('m1' as MeetingId, [])).toEqual(away);
});
