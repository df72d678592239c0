import { createServer, type Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHubClient } from './hub-client.ts';

let http: HttpServer;
let server: Server;
let client: ReturnType<typeof createHubClient>;
let connections = 0;
let reasons: string[] = [];
let codes: number[] = [];

beforeEach(async () => {
  connections = 0;
  reasons = [];
  codes = [];
  http = createServer();
  server = new Server(http);
  server.on('connection', (socket) => {
    connections += 1;
    socket.on('disconnect', (reason) => reasons.push(reason));
    const { transport } = socket.conn as unknown as { transport: { socket: NodeJS.EventEmitter } };
    transport.socket.on('close', (code: number) => codes.push(code));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  client = createHubClient({
    origin: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
  });
  client.connect();
  await vi.waitFor(() => expect(client.connected).toBe(true), 10_000);
});
afterEach(async () => {
  client.disconnect();
  await server.close();
});

/** Another server, where the former was. */
async function serveAt(port: number): Promise<void> {
  http = createServer();
  server = new Server(http);
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
}

describe('the socket to the hub', () => {
  it('[LEAVE-3] is dropped for a new one, without a word of leaving', async () => {
    const changes: boolean[] = [];
    client.onConnection((connected) => changes.push(connected));
    client.reconnect();
    expect(client.connected).toBe(false);
    await vi.waitFor(() => expect(client.connected).toBe(true), { interval: 5 });
    await vi.waitFor(() => expect(reasons).toEqual(['transport close']), 10_000);
    // 1001 is what the hub takes as a tab that was closed.
    await vi.waitFor(() => expect(codes).toEqual([1005]), 10_000);
    expect(connections).toBe(2);
    expect(changes).toEqual([true, false, true]);
  });

  it('is dropped without a word of leaving while requests are on their way, which get no answer', async () => {
    const requests = [client.request('meeting:leave', {}), client.request('meeting:leave', {})];
    client.reconnect();
    expect(await Promise.all(requests)).toEqual([
      { ok: false, error: { kind: 'noAnswer' } },
      { ok: false, error: { kind: 'noAnswer' } },
    ]);
    await vi.waitFor(() => expect(reasons).toEqual(['transport close']), 10_000);
    await vi.waitFor(() => expect(client.connected).toBe(true), 10_000);
  });

  it('comes back by itself after a second dropping', async () => {
    client.reconnect();
    client.reconnect();
    await vi.waitFor(() => expect(client.connected).toBe(true), 10_000);
    client.reconnect();
    await vi.waitFor(() => expect(client.connected).toBe(true), 10_000);
    expect(reasons).not.toContain('client namespace disconnect');
  });

  it('comes back by itself to another hub when its own was killed', async () => {
    const { port } = http.address() as { port: number };
    // No word of closing: it is no longer listened for, and the line is cut.
    http.close();
    for (const { conn } of server.sockets.sockets.values()) {
      (conn as unknown as { transport: { socket: { terminate(): void } } }).transport.socket.terminate();
    }
    await vi.waitFor(() => expect(client.connected).toBe(false), 10_000);
    await serveAt(port);
    await vi.waitFor(() => expect(client.connected).toBe(true), { timeout: 8000 });
    expect(server.sockets.sockets.size).toBe(1);
  });

  it('comes back by itself to a hub that closes the conversation, as one that stops does', async () => {
    const changes: boolean[] = [];
    client.onConnection((connected) => changes.push(connected));
    server.disconnectSockets(true);
    await vi.waitFor(() => expect(changes).toEqual([true, false, true]), 10_000);
    expect(reasons).toEqual(['server namespace disconnect']);
  });

  it('comes back to a server that was away', async () => {
    const { port } = http.address() as { port: number };
    await server.close();
    await vi.waitFor(() => expect(client.connected).toBe(false), 10_000);
    await serveAt(port);
    client.reconnect();
    await vi.waitFor(() => expect(client.connected).toBe(true), 10_000);
  });

  it('[LEAVE-1] tells of leaving when it is disconnected, and stays away', async () => {
    client.disconnect();
    await vi.waitFor(() => expect(reasons).toEqual(['client namespace disconnect']), 10_000);
    client.reconnect();
    expect(client.connected).toBe(false);
    expect(connections).toBe(1);
  });
});
