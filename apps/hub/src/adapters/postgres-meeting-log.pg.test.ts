import { createDatabase, type Database, DATABASE_SETTLES_MS } from '@relais/db';
import { startTestPostgres, type TestPostgres } from '@relais/testing/test-postgres';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { created, meetingLogContract, message } from '../ports/meeting-log.contract.ts';
import type { MeetingLog } from '../ports/meeting-log.ts';
import { createPostgresMeetingLog } from './postgres-meeting-log.ts';

const MEETING = created('m1', 'abc-defg-hjk');
const UNAVAILABLE = { ok: false, error: { kind: 'unavailable' } };

let postgres: TestPostgres;
let database: Database;

beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterEach(() => database.close());
afterAll(() => postgres.close());

async function open(url?: string): Promise<MeetingLog> {
  database = createDatabase({ url: url ?? (await postgres.freshDatabase()) });
  return createPostgresMeetingLog(database);
}

meetingLogContract('PostgreSQL', open);

describe('the meeting log in PostgreSQL', () => {
  let log: MeetingLog;
  let databaseUrl: string;
  beforeEach(async () => {
    databaseUrl = await postgres.freshDatabase();
    log = await open(databaseUrl);
    await log.create(MEETING);
  });

  it('is unavailable while the server is gone, and there again afterwards with all that it had', async () => {
    await log.append(MEETING.meetingId, 1, [message('ana', 'c1')]);
    // A server process outlives its postmaster by a moment, and still answers.
    for (const pid of [await postmaster(), ...(await backends())]) process.kill(pid, 'SIGKILL');
    expect(await log.append(MEETING.meetingId, 2, [message('ana', 'c2')])).toEqual(UNAVAILABLE);
    // The server is started again by itself.
    const read = () => log.read(MEETING.meetingId, 1, 10);
    await vi.waitFor(async () => expect(await read()).toMatchObject({ ok: true }), { timeout: 20_000 });
    expect(await read()).toEqual({ ok: true, value: [{ version: 2, event: message('ana', 'c1') }] });
  });

  it('settles every call within its time when the server is silent, and goes on when it speaks again', async () => {
    const pids = [await postmaster(), ...(await backends())];
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    try {
      const startedAt = performance.now();
      const results = await Promise.all([
        log.append(MEETING.meetingId, 1, [message('ana', 'c1')]),
        log.findByCode(MEETING.code),
        log.read(MEETING.meetingId, 0, 10),
        log.messagesBefore(MEETING.meetingId, 9, 10),
        log.create(created('m2', 'xyz-xyzx-xyz')),
      ]);
      expect(results).toEqual(Array(5).fill(UNAVAILABLE));
      expect(performance.now() - startedAt).toBeLessThan(DATABASE_SETTLES_MS + 1000);
    } finally {
      for (const pid of pids) process.kill(pid, 'SIGCONT');
    }
    await vi.waitFor(
      async () => expect(await log.findByCode(MEETING.code)).toMatchObject({ ok: true }),
      20_000,
    );
  });

  it('is unavailable, and no defect, when more connections are asked for than the server gives', async () => {
    const databases = Array.from({ length: 8 }, () => createDatabase({ url: databaseUrl }));
    const asked = databases.flatMap((other) =>
      Array.from({ length: 8 }, () => createPostgresMeetingLog(other).findByCode(MEETING.code)),
    );
    const results = await Promise.all(asked);
    expect(results.filter((result) => !result.ok && result.error.kind !== 'unavailable')).toEqual([]);
    expect(results.filter((result) => result.ok).length).toBeGreaterThan(0);
    await Promise.all(databases.map((other) => other.close()));
  });

  it('leaves a write in doubt when the answer is lost; trying again tells', async () => {
    const proxy = await startProxy(databaseUrl);
    const through = createDatabase({ url: proxy.url });
    const cut = createPostgresMeetingLog(through);
    expect(await cut.findByCode(MEETING.code)).toMatchObject({ ok: true });
    proxy.loseAnswers();
    const events = [message('ana', 'c1')];
    expect(await cut.append(MEETING.meetingId, 1, events)).toEqual(UNAVAILABLE);
    expect(await log.append(MEETING.meetingId, 1, events)).toEqual({
      ok: false,
      error: { kind: 'versionConflict' },
    });
    expect(await log.append(MEETING.meetingId, 2, events)).toEqual({
      ok: false,
      error: { kind: 'duplicateMessage' },
    });
    await through.close();
    await proxy.close();
  });

  async function postmaster(): Promise<number> {
    const { rows } = await database.orm.execute(`select pg_read_file('postmaster.pid') as file`);
    return Number.parseInt(String(rows[0]?.['file']), 10);
  }

  async function backends(): Promise<number[]> {
    const { rows } = await database.orm.execute(
      'select pid from pg_stat_activity where datname = current_database()',
    );
    return rows.map((row) => Number(row['pid']));
  }
});

/** Stands before the server and, once told, forwards questions and drops the connection instead of the answer. */
async function startProxy(target: string) {
  const folder = await mkdtemp(join(tmpdir(), 'relais-proxy-'));
  const url = new URL(target);
  const path = join(url.searchParams.get('host') ?? '', '.s.PGSQL.5432');
  let losing = false;
  const server = createServer((client) => {
    const upstream = connect(path);
    client.pipe(upstream);
    upstream.on('data', (data) => (losing ? client.destroy() : client.write(data)));
    client.on('error', () => undefined).on('close', () => upstream.end());
    upstream.on('error', () => client.destroy()).on('end', () => client.end());
  });
  await new Promise<void>((resolve) => server.listen(join(folder, '.s.PGSQL.5432'), resolve));
  url.searchParams.set('host', folder);
  return {
    url: url.href,
    loseAnswers: () => {
      losing = true;
    },
    close: async () => {
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
}
