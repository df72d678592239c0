import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import type { IceServer, ParticipantId } from '@relais/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ownAddress, startTestCoturn, type TestCoturn } from '@relais/testing/test-coturn';
import { tlsLine, TurnClient, udpLine, type TurnLine } from '../../test-support/turn-client.ts';
import { createTurnServers } from './turn-credentials.ts';

const SECRET = 'of this test only, 32 characters';
const HOUR_MS = 3_600_000;
const lise = 'lise' as ParticipantId;

if (!process.env['TURNSERVER_PATH'])
  console.warn(
    'No coturn (TURNSERVER_PATH): its configuration is not tried. npm test installs it where it can.',
  );

/** What infra/coturn is worth can only be said by coturn: without one these tests are skipped, by name. */
describe.skipIf(!process.env['TURNSERVER_PATH'])('coturn, as infra/coturn configures it', () => {
  let coturn: TestCoturn;
  let node: Socket;
  const lines: TurnLine[] = [];

  beforeAll(async () => {
    node = createSocket('udp4');
    node.on('message', (data, from) => node.send(data, from.port, from.address));
    await new Promise<void>((resolve) => node.bind(0, ownAddress(), resolve));
    coturn = await startTestCoturn(SECRET, [ownAddress()]);
  });
  afterEach(() => {
    for (const line of lines.splice(0)) line.close();
  });
  afterAll(async () => {
    node.close();
    await coturn.close();
  });

  function right({ secret = SECRET, at = Date.now() } = {}): IceServer {
    const [server] = createTurnServers({ urls: ['turn:here'], secret, ttlSeconds: 3600 })(lise, at) ?? [];
    if (!server) throw new Error('no right was made');
    return server;
  }

  function client(of: IceServer, line = udpLine(coturn.port, coturn.address)): TurnClient {
    lines.push(line);
    return new TurnClient(line, of);
  }

  test('a right that the hub made is accepted', async () => {
    expect((await client(right()).allocate()).error).toBeUndefined();
  });

  test('a right whose time is over is refused', async () => {
    expect((await client(right({ at: Date.now() - 2 * HOUR_MS })).allocate()).error).toBe(401);
  });

  test('a right made with another secret, or prolonged by its holder, is refused', async () => {
    expect((await client(right({ secret: 'guessed' })).allocate()).error).toBe(401);
    const { username, ...rest } = right();
    const prolonged = username.replace(/^\d+/, (seconds) => String(Number(seconds) + 3600));
    expect((await client({ ...rest, username: prolonged }).allocate()).error).toBe(401);
  });

  test('packets go to a media node and come back, by UDP and where only TLS is let through', async () => {
    for (const line of [udpLine(coturn.port, coturn.address), tlsLine(coturn.tlsPort, coturn.address)]) {
      const relayed = client(right(), line);
      expect((await relayed.allocate()).error).toBeUndefined();
      expect((await relayed.permit(ownAddress())).error).toBeUndefined();
      const sent = randomBytes(32);
      const back = relayed.received();
      relayed.sendTo(ownAddress(), node.address().port, sent);
      expect(await back).toEqual(sent);
    }
  });

  test('nobody is relayed to the inside of a network, to the relay itself, or to the world', async () => {
    const relayed = client(right());
    await relayed.allocate();
    const closed = [
      ...['10.0.0.1', '100.64.0.1', '172.16.0.1', '192.168.1.1', '169.254.169.254', '127.0.0.1', '0.0.0.0'],
      ...['198.18.0.1', '203.0.113.7', '224.0.0.1', '255.255.255.255', '9.9.9.9'],
    ];
    for (const address of closed) {
      expect.soft((await relayed.permit(address)).error, address).toBe(403);
    }
  });
});
