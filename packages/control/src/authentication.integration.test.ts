import { CONTROL_VERSION, type Challenge } from '@relais/protocol';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { aHub, linkTo, SECRET, serveNode, type Served } from '../test-support/served.ts';
import { newNonce, proofOf } from './proof.ts';

let served: Served;
const sockets: Socket[] = [];
const logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };

beforeEach(async () => {
  served = await serveNode({ logger });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.disconnect();
  await served.close();
  vi.clearAllMocks();
});

/** A socket that has heard the challenge and said nothing yet. */
async function stranger(): Promise<{ socket: Socket; challenge: Challenge }> {
  const socket = io(served.url, {
    path: '/control',
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
  });
  sockets.push(socket);
  const challenge = await new Promise<Challenge>((resolve) => socket.once('challenge', resolve));
  return { socket, challenge };
}

const closed = (socket: Socket) =>
  new Promise<void>((resolve) => {
    if (!socket.connected) resolve();
    socket.once('disconnect', () => resolve());
  });

function helloTo(challenge: Challenge, secret = SECRET) {
  const [caller, callerNonce] = [aHub(), newNonce()];
  const exchange = { nodeId: challenge.nodeId, caller, nodeNonce: challenge.nonce, callerNonce };
  const proof = proofOf('caller', secret, exchange);
  return { hello: { version: CONTROL_VERSION, caller, nonce: callerNonce, proof }, exchange };
}

const say = (socket: Socket, hello: unknown): Promise<unknown> =>
  socket.timeout(5000).emitWithAck('hello', hello);

describe('The hello of the control link', () => {
  test('lets in who proves to know the secret, and proves it in turn', async () => {
    const { socket, challenge } = await stranger();
    const { hello, exchange } = helloTo(challenge);
    expect(await say(socket, hello)).toEqual({
      ok: true,
      proof: proofOf('node', SECRET, exchange),
      pipeIds: [],
    });
    expect(served.control.callers()).toEqual([hello.caller]);
  });

  test('refuses another secret, and hangs up', async () => {
    const { socket, challenge } = await stranger();
    const gone = closed(socket);
    expect(await say(socket, helloTo(challenge, 'another secret').hello)).toEqual({
      ok: false,
      reason: 'secret',
    });
    await gone;
    expect(served.control.callers()).toEqual([]);
  });

  test('refuses a hello that was recorded: it answers another challenge', async () => {
    const first = await stranger();
    const { hello } = helloTo(first.challenge);
    expect(await say(first.socket, hello)).toMatchObject({ ok: true });
    const second = await stranger();
    expect(await say(second.socket, hello)).toEqual({ ok: false, reason: 'secret' });
    expect(first.socket.connected).toBe(true);
  });

  test("refuses the node's own proof, shown back to it, and a proof made for another node", async () => {
    const { socket, challenge } = await stranger();
    const { hello, exchange } = helloTo(challenge);
    expect(await say(socket, { ...hello, proof: proofOf('node', SECRET, exchange) })).toMatchObject({
      ok: false,
    });
    const other = await stranger();
    const elsewhere = { ...other.challenge, nodeId: aHub().id as never };
    expect(await say(other.socket, helloTo(elsewhere).hello)).toEqual({ ok: false, reason: 'secret' });
  });

  test('names another version as such, and anything else as invalid', async () => {
    const one = await stranger();
    const { hello } = helloTo(one.challenge);
    expect(await say(one.socket, { ...hello, version: 999 })).toEqual({ ok: false, reason: 'version' });
    for (const nonsense of [
      null,
      'hello',
      [],
      { ...hello, caller: { kind: 'hub', id: '' } },
      { ...hello, nonce: 1 },
    ]) {
      const { socket } = await stranger();
      expect(await say(socket, nonsense)).toEqual({ ok: false, reason: 'invalid' });
    }
  });

  test('hangs up on whoever says anything else first, and does nothing of it', async () => {
    for (const words of [
      ['peer:close', {}],
      ['hello'],
      ['hello', {}],
      ['hello', {}, {}],
      ['node:isReady', {}],
    ]) {
      const { socket } = await stranger();
      const gone = closed(socket);
      const isReady = vi.spyOn(served.node, 'isReady');
      socket.emit(...(words as [string]), () => undefined);
      await gone;
      expect(isReady).not.toHaveBeenCalled();
    }
    expect(served.control.callers()).toEqual([]);
  });

  test('a stranger hears no facts, and is hung up on within two seconds', async () => {
    const { socket } = await stranger();
    const heard = vi.fn();
    socket.onAny(heard);
    served.node.emit({ type: 'draining' });
    await closed(socket);
    expect(heard).not.toHaveBeenCalled();
  });

  test('a WebSocket that says nothing or garbage is closed as well', async () => {
    const address = `${served.url.replace('http', 'ws')}/control/?EIO=4&transport=websocket`;
    const ends = ['', 'garbage', '4', '40', '42["hello"]', '451-["x",{"_placeholder":true,"num":0}]'].map(
      (word) =>
        new Promise<void>((resolve) => {
          const socket = new WebSocket(address);
          socket.addEventListener('open', () => word && socket.send(word));
          socket.addEventListener('close', () => resolve());
        }),
    );
    await Promise.all(ends);
    expect(served.control.callers()).toEqual([]);
  });

  test('strangers beyond the bound are cut, those let in are not', async () => {
    const { socket, challenge } = await stranger();
    expect(await say(socket, helloTo(challenge).hello)).toMatchObject({ ok: true });
    const address = `${served.url.replace('http', 'ws')}/control/?EIO=4&transport=websocket`;
    let open = 0;
    const crowd = Array.from(
      { length: 200 },
      () =>
        new Promise<void>((resolve) => {
          const one = new WebSocket(address);
          one.addEventListener('open', () => (open += 1));
          one.addEventListener('close', () => resolve());
        }),
    );
    await Promise.all(crowd);
    expect(open).toBeGreaterThan(0);
    expect(socket.connected).toBe(true);
    expect(await socket.timeout(5000).emitWithAck('node:isReady', {})).toEqual({ ok: true, value: true });
  }, 20_000);
});

describe('A link', () => {
  test('with another secret is lost, and says why', async () => {
    const link = linkTo(served, { secret: 'another secret' });
    expect(await link.whenUp()).toBe(false);
    expect(link.failure).toBe('wrongSecret');
    expect(await link.isReady()).toBe(false);
  });

  test('does not speak to a node that cannot prove that it knows the secret', async () => {
    const http = createServer();
    const liar = new Server(http, { path: '/control' });
    liar.on('connection', (socket) => {
      socket.on('hello', (_hello, welcome: (said: unknown) => void) => {
        welcome({ ok: true, proof: newNonce(), pipeIds: [] });
      });
      socket.emit('challenge', { version: CONTROL_VERSION, nodeId: served.node.nodeId, nonce: newNonce() });
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    const link = linkTo({ ...served, url });
    const answer = link.isReady();
    expect(await link.whenUp()).toBe(false);
    expect(link.failure).toBe('wrongSecret');
    expect(await answer).toBe(false);
    await liar.close();
  });

  test('to a node that was started again at the same address is lost: it is another node', async () => {
    const other = { node: { nodeId: aHub().id as never }, url: served.url };
    const link = linkTo(other);
    expect(await link.whenUp()).toBe(false);
    expect(link.failure).toBe('anotherNode');
  });

  test('to an address where nothing listens is lost at once', async () => {
    await served.close();
    const link = linkTo(served);
    expect(await link.whenUp()).toBe(false);
    expect(link.failure).toBe('refused');
  });
});
