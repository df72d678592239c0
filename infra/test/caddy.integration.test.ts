import { readFile } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tether } from '@relais/db/tether';
import { withTimeout } from '@relais/kit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { INFRA, run, tool } from './tool.ts';

const FOLDER = join(INFRA, 'caddy');
const caddy = tool('CADDY_PATH', 'Caddy');
const WAIT_MS = 15_000;

const env = {
  RELAIS_DOMAIN: 'relais.example.org',
  RELAIS_HUBS: 'hub1:8080 hub2:8080',
  TURN_DOMAIN: 'turn.example.org',
  ACME_EMAIL: 'someone@example.org',
};

test.skipIf(!caddy)('Caddy takes the file as it is, and finds it well formatted', async () => {
  const config = ['--config', join(FOLDER, 'Caddyfile'), '--adapter', 'caddyfile'];
  const said = await run(caddy, ['adapt', '--validate', ...config], env);
  expect(said.code, said.output.slice(-500)).toBe(0);
  expect(said.output).not.toMatch(/"level":"(warn|error)"/);
});

/** A hub that says who it is, and whose word on its health a test holds. */
interface FakeHub {
  name: string;
  ready: boolean;
  port: number;
  server: Server;
}

interface Heard {
  status: number | undefined;
  headers: IncomingMessage['headers'];
  body: string;
}

describe.skipIf(!caddy)('a real Caddy before two hubs', () => {
  const hubs: FakeHub[] = [];
  let tether: Tether;
  let port: number;

  beforeAll(async () => {
    hubs.push(await fakeHub('one'), await fakeHub('two'));
    port = await freePort();
    tether = await startCaddy(port, hubs);
    await until(async () => (await get('/')).status === 200);
  });
  afterAll(async () => {
    tether.end();
    for (const { server } of hubs) server.close().closeAllConnections();
    await withTimeout(tether.exited, WAIT_MS, 'stopping Caddy');
  });

  function get(path: string, headers: Record<string, string> = {}): Promise<Heard> {
    return new Promise((resolve, reject) => {
      const asked = request(
        { port, path, headers, host: '127.0.0.1', agent: false, timeout: WAIT_MS },
        (answer) => {
          let body = '';
          answer.on('data', (chunk: Buffer) => (body += chunk.toString()));
          answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body }));
        },
      );
      asked.on('error', reject).end();
    });
  }

  /** Who answers, asked so often that both had their turn if both are in use. */
  async function answering(path: string, headers?: Record<string, string>): Promise<Set<string>> {
    const answers = await Promise.all(Array.from({ length: 24 }, () => get(path, headers)));
    return new Set(answers.map(({ body }) => body.split(' ')[0] ?? ''));
  }

  test('pages come from either hub, over TLS only from now on, and metrics are not shown', async () => {
    const { headers } = await get('/');
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
    expect(await answering('/')).toEqual(new Set(['one', 'two']));
    expect((await get('/metrics')).status).toBe(404);
  });

  test('a session of long polling stays with the hub that began it, also on its way to a WebSocket', async () => {
    const { headers, body } = await get('/socket.io/?EIO=4&transport=polling');
    const cookie = headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    const hub = body.split(' ')[0] ?? '';
    expect(cookie).toMatch(/^relais_hub=/);
    expect(await answering('/socket.io/?EIO=4&transport=polling&sid=a', { cookie })).toEqual(new Set([hub]));
    expect(await answering('/socket.io/?EIO=4&transport=websocket&sid=a', { cookie })).toEqual(
      new Set([hub]),
    );
  });

  test('a WebSocket goes to any hub, without a cookie, and its bytes go through both ways', async () => {
    const reached = await Promise.all(Array.from({ length: 12 }, () => echoed(port)));
    expect(new Set(reached)).toEqual(new Set(['one', 'two']));
  });

  test("whose request it is, is Caddy's word and not the client's", async () => {
    const { body } = await get('/', { 'x-forwarded-for': '198.51.100.66' });
    expect(body).toMatch(/ for 127\.0\.0\.1$/);
  });

  test('a hub that says at /healthz that it stops gets nobody new, until it is back', async () => {
    const [one] = hubs;
    one!.ready = false;
    await until(async () => !(await answering('/')).has('one'));
    one!.ready = true;
    await until(async () => (await answering('/')).has('one'));
  });
});

async function fakeHub(name: string): Promise<FakeHub> {
  const server = createServer((asked, answer) => {
    if (asked.url === '/healthz') return answer.writeHead(hub.ready ? 200 : 503).end();
    answer.end(`${name} for ${String(asked.headers['x-forwarded-for'])}`);
  });
  const hub: FakeHub = { name, ready: true, port: 0, server };
  // As much of a WebSocket as a proxy sees: the upgrade, then bytes both ways.
  server.on('upgrade', (_asked, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    socket.on('error', () => undefined);
    socket.on('data', () => socket.end(`<${name}>`));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  hub.port = (server.address() as AddressInfo).port;
  return hub;
}

/** Opens a WebSocket without a cookie, says something, and answers which hub heard it. */
function echoed(port: number): Promise<string> {
  const heard = new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    let said = false;
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      text += chunk.toString();
      if (!said && text.includes('\r\n\r\n')) socket.write('hello');
      said ||= text.includes('\r\n\r\n');
      const name = /<(\w+)>$/.exec(text)?.[1];
      if (!name) return;
      socket.destroy();
      resolve(name);
    });
    socket.write(
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n' +
        'Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    );
  });
  return withTimeout(heard, WAIT_MS, 'a WebSocket through Caddy');
}

/** The file as it is, but for TLS (there is no name to get a certificate for) and the port that Caddy is driven by. */
async function startCaddy(port: number, hubs: readonly FakeHub[]): Promise<Tether> {
  const folder = await mkdtemp(join(tmpdir(), 'relais-test-caddy-'));
  const text = await readFile(join(FOLDER, 'Caddyfile'), 'utf8');
  const changed = text
    .replace(/^import turn.*$/m, '')
    .replace(/^\temail .*$/m, '\tadmin off\n\tauto_https off');
  await writeFile(join(folder, 'Caddyfile'), changed);
  const said: string[] = [];
  const tether = await Tether.create({
    command: [caddy, 'run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')],
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      RELAIS_DOMAIN: `http://127.0.0.1:${port}`,
      RELAIS_HUBS: hubs.map((hub) => `127.0.0.1:${hub.port}`).join(' '),
    },
    remove: folder,
    signal: 'TERM',
    onLine: (line) => said.push(line),
  });
  if (!tether) throw new Error('Caddy could not be started');
  tether.release();
  const listening = until(() => accepts(port));
  const ended = tether.exited.then(() =>
    Promise.reject(new Error(`Caddy ended: ${said.slice(-3).join('\n')}`)),
  );
  await Promise.race([listening, ended]);
  return tether;
}

/** Asks again, a little later each time, until it is so. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + WAIT_MS;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`not so after ${WAIT_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => (socket.destroy(), resolve(true)));
    socket.once('error', () => resolve(false));
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
