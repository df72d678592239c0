import { createServer } from 'node:http';
import { MESSAGE_MAX_LENGTH, PROTOCOL_VERSION } from '@relais/protocol';
import { createMemoryMediaNode } from '@relais/testing';
import { pino } from 'pino';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CODE, MEETING_ID } from '../../test-support/hub-rig.ts';
import { createMemoryStillStore } from '../adapters/memory-still-store.ts';
import { createMemoryCheckReports } from '../adapters/memory-check-reports.ts';
import { createMemoryEntryStore } from '../adapters/memory-entry-store.ts';
import { MemoryHubExchange } from '../adapters/memory-hub-bus.ts';
import { createMemoryMeetingLog } from '../adapters/memory-meeting-log.ts';
import { createMemoryNoteStore } from '../adapters/memory-note-store.ts';
import { createSingleMediaNodes } from '../adapters/single-media-nodes.ts';
import { createHub } from '../hub.ts';
import type { MeetingLog } from '../ports/meeting-log.ts';
import { createGateway } from './gateway.ts';

/** The hub on real sockets, with its rules on memory. */
let port: number;
let log: MeetingLog;
let close: () => Promise<void>;
const sockets: Socket[] = [];
/** What the hub counted, by key. */
const counted: string[] = [];
const logged: string[] = [];

beforeEach(async () => {
  counted.length = 0;
  logged.length = 0;
  const http = createServer();
  log = createMemoryMeetingLog();
  const hub = createHub({
    gateway: createGateway(http, { trustedProxies: 1 }),
    log,
    stills: createMemoryStillStore(),
    checkReports: createMemoryCheckReports(),
    entry: createMemoryEntryStore(),
    notes: createMemoryNoteStore(),
    limiter: {
      take: async (key) => {
        counted.push(key);
        return { ok: true };
      },
      close: async () => undefined,
    },
    media: createSingleMediaNodes(createMemoryMediaNode()),
    bus: new MemoryHubExchange().connect(),
    settings: { secret: 'a secret for tests, long enough', graceMs: 60_000, now: Date.now },
    logger: pino({ level: 'debug' }, { write: (line) => logged.push(line) }),
  });
  const created = { type: 'meetingCreated', meetingId: MEETING_ID, code: CODE, title: 'Table', at: 1 };
  await log.create(created as Parameters<MeetingLog['create']>[0]);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  port = typeof address === 'object' && address ? address.port : 0;
  close = () => hub.close();
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.disconnect();
  await close();
});

async function connect(extraHeaders: Record<string, string> = {}): Promise<Socket> {
  const options = { transports: ['websocket'], reconnection: false, forceNew: true, extraHeaders };
  const socket = io(`http://127.0.0.1:${port}`, options);
  sockets.push(socket);
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  return socket;
}

const join = (socket: Socket, name = 'Ana'): Promise<{ ok: boolean; refusal?: { kind: string } }> =>
  socket.timeout(5000).emitWithAck('meeting:join', { protocolVersion: PROTOCOL_VERSION, code: CODE, name });

async function eventTypes(): Promise<string[]> {
  const events = await log.read(MEETING_ID, 0, 1000);
  return events.ok ? events.value.map(({ event }) => event.type) : [];
}

test('[LEAVE-1] a socket that says goodbye gives its seat up', async () => {
  const socket = await connect();
  await join(socket);
  socket.disconnect();
  await vi.waitFor(async () => expect(await eventTypes()).toContain('participantLeft'), 10_000);
});

test('[LEAVE-3] a socket whose transport closes keeps its seat', async () => {
  const [ana, bea] = [await connect(), await connect()];
  await join(ana);
  await join(bea, 'Béa');
  const told = new Promise<void>((resolve) => {
    ana.on('liveChanged', ({ fact }: { fact: { type: string; connected?: boolean } }) => {
      if (fact.type === 'connectionChanged' && fact.connected === false) resolve();
    });
  });
  bea.io.engine.close();
  await told;
  expect(await eventTypes()).not.toContain('participantLeft');
});

test('a socket that asks and never reads is closed before what it asked for fills the memory', async () => {
  const [witness, deaf] = [await connect(), await connect()];
  await join(witness, 'Témoin');
  await join(deaf);
  const text = 'é'.repeat(MESSAGE_MAX_LENGTH);
  for (let i = 0; i < 50; i++) {
    const posted: unknown = await deaf
      .timeout(5000)
      .emitWithAck('chat:post', { clientMessageId: `m${i}`, text });
    expect(posted).toMatchObject({ ok: true });
  }
  const gone = new Promise<void>((resolve) => {
    witness.on('liveChanged', ({ fact }: { fact: { connected?: boolean } }) => {
      if (fact.connected === false) resolve();
    });
  });
  // The network side of the client stops reading; its writing goes on, in waves that the hub takes up.
  const { transport } = deaf.io.engine as unknown as { transport: { ws: { _socket: { pause(): void } } } };
  transport.ws._socket.pause();
  const asking = setInterval(() => {
    for (let i = 0; i < 50; i++) {
      deaf.emit('chat:history', { beforeVersion: 999, limit: 100 }, () => undefined);
    }
  }, 50);
  await gone;
  clearInterval(asking);
  // Closed by the hub for what it did not read, not by a heartbeat that found it silent.
  expect(logged.filter((line) => line.includes('socket closed')).join()).toContain('forced close');
});

test('large binary parts end the socket; a small one is refused with a kind', async () => {
  const socket = await connect();
  expect(await socket.timeout(5000).emitWithAck('chat:post', Buffer.alloc(1000))).toMatchObject({
    refusal: { kind: 'invalidInput' },
  });
  const closed = new Promise<string>((resolve) => socket.once('disconnect', resolve));
  socket.emit('chat:post', Buffer.alloc(1_000_000), () => undefined);
  expect(await closed).toContain('transport');
});

test('rates are counted by the address that the trusted proxy saw, not by what the client claims', async () => {
  await join(await connect({ 'x-forwarded-for': '1.2.3.4, 198.51.100.7' }));
  await join(await connect({ 'x-forwarded-for': '9.9.9.9, 198.51.100.7' }));
  await join(await connect());
  expect(counted.filter((key) => key.startsWith('join:'))).toEqual([
    'join:198.51.100.7',
    'join:198.51.100.7',
    'join:127.0.0.1',
  ]);
});
