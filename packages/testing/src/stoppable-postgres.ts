import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, type EmbeddedPostgres, silentLogger, startEmbeddedPostgres } from '@relais/db';
import { meetingEvent, type MeetingEvent } from '@relais/protocol';

/** A PostgreSQL that can be stopped and started again under the same address, for tests of what happens meanwhile. */
export interface StoppablePostgres {
  /** For every process of this machine that this user runs. */
  url: string;
  /** Clients are disconnected, and new ones find nobody; the data stays. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** The whole log of a meeting, in order. */
  eventsOf(code: string): Promise<MeetingEvent[]>;
  close(): Promise<void>;
}

const SOCKET = '.s.PGSQL.5432';

export async function startStoppablePostgres(): Promise<StoppablePostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'relais-pg-'));
  let server: EmbeddedPostgres | undefined;
  const start = async () => {
    server = await startEmbeddedPostgres({ dataDir: join(folder, 'data'), logger: silentLogger });
    // Each run has a socket folder of its own: the address that clients know is a link to the present one.
    await rm(join(folder, SOCKET), { force: true });
    await symlink(join(socketFolderOf(server.url), SOCKET), join(folder, SOCKET));
  };
  const stop = async () => {
    await server?.close();
    server = undefined;
  };
  await start();
  const url = withSocketFolder(server!.url, folder);
  return {
    url,
    start,
    stop,
    eventsOf: (code) => readLog(url, code),
    async close() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function socketFolderOf(url: string): string {
  return new URL(url).searchParams.get('host') ?? '';
}

function withSocketFolder(url: string, folder: string): string {
  const moved = new URL(url);
  moved.searchParams.set('host', folder);
  return moved.href;
}

async function readLog(url: string, code: string): Promise<MeetingEvent[]> {
  const database = createDatabase({ url });
  const { orm } = database;
  try {
    const meeting = await orm.query.meetings.findFirst({ where: (m, { eq }) => eq(m.code, code) });
    if (!meeting) throw new Error(`no meeting ${code}`);
    const rows = await orm.query.meetingEvents.findMany({
      where: (e, { eq }) => eq(e.meetingId, meeting.meetingId),
      orderBy: (e, { asc }) => asc(e.version),
    });
    return rows.map(({ payload }) => meetingEvent.parse(payload));
  } finally {
    await database.close();
  }
}
