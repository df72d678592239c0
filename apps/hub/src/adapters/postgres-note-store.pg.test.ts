import { createDatabase, type Database } from '@relais/db';
import type { MeetingId } from '@relais/protocol';
import { startTestPostgres, type TestPostgres } from '@relais/testing/test-postgres';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { created } from '../ports/meeting-log.contract.ts';
import { noteStoreContract } from '../ports/note-store.contract.ts';
import { createPostgresMeetingLog } from './postgres-meeting-log.ts';
import { createPostgresNoteStore } from './postgres-note-store.ts';

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
  return createPostgresNoteStore(database);
}

noteStoreContract('PostgreSQL', async () => open(await postgres.freshDatabase()));

const KEY = { meetingId: 'm1' as MeetingId, place: 'plenary' } as const;
const change = (after: number) => ({
  after,
  update: Uint8Array.of(1, 2),
  summary: { lastLine: 'a', length: 1, at: 1 },
});

it('[NOTE-2] keeps notes over a restart of the hub', async () => {
  const url = await postgres.freshDatabase();
  await (await open(url)).append(KEY, change(0));
  await database?.close();
  database = createDatabase({ url });
  expect(await createPostgresNoteStore(database).load(KEY, 0)).toMatchObject({
    ok: true,
    value: { seq: 1, rows: 1 },
  });
});

it('[NOTE-2] takes one of many hubs’ changes at a time, however many write at once', async () => {
  const store = await open(await postgres.freshDatabase());
  let stored = 0;
  const hub = async () => {
    for (let done = 0; done < 5;) {
      const loaded = await store.load(KEY, 0);
      const after = loaded.ok ? loaded.value.seq : 0;
      if (!(await store.append(KEY, change(after))).ok) continue;
      done += 1;
      stored += 1;
    }
  };
  await Promise.all(Array.from({ length: 6 }, hub));
  expect(await store.load(KEY, 0)).toMatchObject({ ok: true, value: { seq: stored, rows: 30 } });
});

it('says that it is unavailable while the database is away', async () => {
  database = createDatabase({ url: 'postgres://nobody@127.0.0.1:1/nothing' });
  const store = createPostgresNoteStore(database);
  const away = { ok: false, error: { kind: 'unavailable' } };
  expect(await store.load(KEY, 0)).toEqual(away);
  expect(await store.append(KEY, change(0))).toEqual(away);
  expect(await store.compact(KEY, { seq: 1, state: Uint8Array.of(1) })).toEqual(away);
  expect(await store.list(KEY.meetingId)).toEqual(away);
});
