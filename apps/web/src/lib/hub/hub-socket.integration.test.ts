import { createServer, type Server as HttpServer } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { Server, type ServerOptions } from 'socket.io';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { HubSocket } from './hub-socket.ts';

let http: HttpServer;
let server: Server;
let socket: HubSocket;
let told: string[] = [];
/** Of a busy machine; nothing here is about time. */
const PATIENCE = { timeout: 20_000 };

async function begin(options: Partial<ServerOptions> = {}, passWebSockets = true): Promise<void> {
  told = [];
  http = createServer();
  server = new Server(http, options);
  if (!passWebSockets) {
    http.removeAllListeners('upgrade');
    http.on('upgrade', (_request, line) => line.destroy());
  }
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  socket = new HubSocket(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
  for (const name of ['connect', 'disconnect', 'connect_error']) socket.on(name, () => told.push(name));
}

async function connected(): Promise<void> {
  socket.connect();
  await vi.waitFor(() => {
    if (!socket.connected) socket.connect();
    expect(socket.connected).toBe(true);
  }, PATIENCE);
}

afterEach(async () => {
  socket.disconnect();
  await server.close();
});

/** How the other end was left. */
const reasons = () =>
  new Promise<string>((resolve) => {
    for (const one of server.sockets.sockets.values()) one.on('disconnect', resolve);
  });

describe.each([
  { way: 'websocket', passes: true },
  { way: 'polling', passes: false },
])('a socket to the hub by $way', ({ way, passes }) => {
  it('asks and is answered, also with binary parts, and hears what is told', async () => {
    await begin({}, passes);
    server.on('connection', (one) => {
      expect(one.conn.transport.name).toBe(way);
      one.on('echo', (payload: unknown, answer: (value: unknown) => void) => answer({ ok: payload }));
      one.on('begin', () => one.emit('fact', { n: 1, piece: Buffer.from([5, 6]) }));
    });
    await connected();
    expect(await socket.ask('echo', { a: 'é' }, 5000)).toEqual({ ok: { a: 'é' } });
    const sent = new Uint8Array(70_000).fill(7);
    const answer = (await socket.ask('echo', { piece: sent }, 5000)) as { ok: { piece: ArrayBuffer } };
    expect(new Uint8Array(answer.ok.piece)).toEqual(sent);
    const fact = new Promise<{ n: number; piece: ArrayBuffer }>((resolve) => socket.on('fact', resolve));
    void socket.ask('begin', {}, 5000).catch(() => undefined);
    const { n, piece } = await fact;
    expect([n, ...new Uint8Array(piece)]).toEqual([1, 5, 6]);
  });

  it('answers reach who asked, in whatever order they come', async () => {
    await begin({}, passes);
    server.on('connection', (one) => {
      const later: (() => void)[] = [];
      one.on('ask', (payload: number, answer: (value: number) => void) => {
        later.unshift(() => answer(payload));
        if (later.length === 3) for (const give of later) give();
      });
    });
    await connected();
    expect(await Promise.all([1, 2, 3].map((n) => socket.ask('ask', n, 5000)))).toEqual([1, 2, 3]);
  });

  it('[LEAVE-1] tells of leaving', async () => {
    await begin({}, passes);
    await connected();
    const reason = reasons();
    socket.disconnect();
    expect(await reason).toBe('client namespace disconnect');
    expect(told.filter((name) => name !== 'connect_error')).toEqual(['connect', 'disconnect']);
  });

  it('[LEAVE-3] drops the line without a word of leaving, and rejects what was asked', async () => {
    await begin({}, passes);
    await connected();
    const reason = reasons();
    const asked = socket.ask('nothing', {}, 60_000);
    socket.drop();
    await expect(asked).rejects.toThrow('no answer');
    expect(await reason).toMatch(/^transport (close|error)$/);
  });

  it('notices a hub that ends the conversation, and connects again when asked', async () => {
    await begin({}, passes);
    await connected();
    server.disconnectSockets(true);
    await vi.waitFor(() => expect(socket.connected).toBe(false), PATIENCE);
    await connected();
    expect(told.filter((name) => name !== 'connect_error')).toEqual(['connect', 'disconnect', 'connect']);
  });
});

describe('a socket to the hub', () => {
  it('notices a hub that has fallen silent', async () => {
    await begin({ pingInterval: 100, pingTimeout: 100 });
    await connected();
    for (const { conn } of server.sockets.sockets.values()) conn.transport.send = () => undefined;
    await vi.waitFor(() => expect(told).toEqual(['connect', 'disconnect']), PATIENCE);
  });

  it('stays while the heartbeat is answered', async () => {
    await begin({ pingInterval: 20, pingTimeout: 2000 });
    let pongs = 0;
    server.on('connection', ({ conn }) =>
      conn.on('packet', ({ type }: { type: string }) => (pongs += type === 'pong' ? 1 : 0)),
    );
    await connected();
    await vi.waitFor(() => expect(pongs).toBeGreaterThan(3), PATIENCE);
    expect(told).toEqual(['connect']);
  });

  it('tells of a server that is not there, each time it is asked to connect', async () => {
    await begin();
    await server.close();
    for (const times of [1, 2, 3]) {
      socket.connect();
      socket.connect();
      await vi.waitFor(() => expect(told).toEqual(Array(times).fill('connect_error')), PATIENCE);
    }
  });

  it('is not connected by an attempt that was given up', async () => {
    await begin();
    socket.connect();
    socket.disconnect();
    const other = new Promise((resolve) => server.once('connection', resolve));
    await connected();
    await other;
    expect(told).toEqual(['connect']);
  });

  it('is not stopped by a WebSocket that neither opens nor fails: given up, it opens another', async () => {
    await begin();
    let taken = 0;
    const silent = createTcpServer(() => (taken += 1));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const waiting = new HubSocket(`http://127.0.0.1:${port}`);
    waiting.on('connect_error', () => told.push('connect_error'));
    for (let before = taken, times = 0; times < 2; times += 1, before = taken) {
      waiting.connect();
      await vi.waitFor(() => expect(taken).toBeGreaterThan(before), PATIENCE);
      waiting.drop();
    }
    // Who gives up knows it, and is not told.
    expect(told).toEqual([]);
    silent.close();
  });

  it('tells of a hub that refuses it', async () => {
    await begin();
    server.use((_socket, next) => next(new Error('no')));
    socket.connect();
    await vi.waitFor(() => expect(told).toEqual(['connect_error']), PATIENCE);
    expect(socket.connected).toBe(false);
  });

  it('gives up an answer that does not come, and takes a late one for no other', async () => {
    await begin();
    const late: ((value: string) => void)[] = [];
    server.on('connection', (one) =>
      one.on('ask', (_payload: unknown, answer: (value: string) => void) => late.push(answer)),
    );
    await connected();
    await expect(socket.ask('ask', 1, 20)).rejects.toThrow('no answer');
    await vi.waitFor(() => expect(late).toHaveLength(1), PATIENCE);
    const second = socket.ask('ask', 2, 20_000);
    late[0]?.('to the first');
    await vi.waitFor(() => expect(late).toHaveLength(2), PATIENCE);
    late[1]?.('to the second');
    expect(await second).toBe('to the second');
    expect(socket.connected).toBe(true);
  });

  /** The hub's own end of the WebSocket, to say on it what Socket.IO would not. */
  const webSockets = () =>
    [...server.sockets.sockets.values()].map(
      ({ conn }) =>
        (conn.transport as unknown as { socket: { send(text: string): void; close(): void } }).socket,
    );

  it('tells nothing of what was cut in the middle, and the next line begins anew', async () => {
    await begin();
    const facts: unknown[] = [];
    socket.on('fact', (fact: unknown) => facts.push(fact));
    await connected();
    for (const one of webSockets()) {
      one.send('451-["fact",{"piece":{"_placeholder":true,"num":0}}]');
      one.close();
    }
    await vi.waitFor(() => expect(told).toEqual(['connect', 'disconnect']), PATIENCE);
    await connected();
    server.emit('fact', { whole: true });
    await vi.waitFor(() => expect(facts).toEqual([{ whole: true }]), PATIENCE);
  });

  it.each(['42["fact"', '0{', '43]'])(
    'falls when %s comes, which cannot be read, and is heard again after',
    async (text) => {
      const errors = vi.spyOn(console, 'error').mockReturnValue(undefined);
      await begin();
      await connected();
      for (const one of webSockets()) one.send(text);
      await vi.waitFor(() => expect(told).toEqual(['connect', 'disconnect']), PATIENCE);
      await connected();
      expect(errors).toHaveBeenCalledOnce();
      errors.mockRestore();
    },
  );
});
