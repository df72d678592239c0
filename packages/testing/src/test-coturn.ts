import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Tether } from '@relais/db/tether';
import { withTimeout } from '@relais/kit';
import { freePort } from './free-port.ts';

const START = fileURLToPath(new URL('../../../infra/coturn/start.sh', import.meta.url));
const START_TIMEOUT_MS = 10_000;

export interface TestCoturn {
  address: string;
  port: number;
  tlsPort: number;
  close(): Promise<void>;
}

/** An address of this machine that is not loopback: coturn relays to no loopback, whatever is allowed. */
export function ownAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const own = addresses.find(({ family, internal }) => family === 'IPv4' && !internal);
  if (!own) throw new Error('This machine has no IPv4 address but loopback: relaying cannot be tried');
  return own.address;
}

/** A coturn with the configuration of `infra/coturn`, as it is run on a server, but for ports and folders. */
export async function startTestCoturn(secret: string, allowedPeers: string[]): Promise<TestCoturn> {
  const folder = await mkdtemp(join(tmpdir(), 'relais-test-coturn-'));
  const certificate = await makeCertificate(folder);
  const address = ownAddress();
  const [port, tlsPort] = [await freePort(), await freePort()];
  const said: string[] = [];
  const tether = await Tether.create({
    command: ['sh', START],
    env: {
      PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/bin`,
      TURNSERVER_PATH: process.env['TURNSERVER_PATH'] ?? 'turnserver',
      TURN_SECRET: secret,
      TURN_REALM: 'turn.example.org',
      TURN_ADDRESS: address,
      TURN_ALLOWED_PEERS: allowedPeers.join(','),
      TURN_PORT: String(port),
      TURN_TLS_PORT: String(tlsPort),
      TURN_CERT: certificate.cert,
      TURN_KEY: certificate.key,
      TURN_RUN: join(folder, 'run'),
    },
    remove: folder,
    signal: 'TERM',
    onLine: (line) => said.push(line),
  });
  if (!tether) throw new Error('coturn could not be started');
  tether.release();
  const ended = tether.exited.then(() => Promise.reject(new Error('it ended')));
  const close = async () => {
    tether.end();
    await withTimeout(tether.exited, 10_000, 'stopping coturn');
  };
  try {
    const listening = Promise.all([accepts(address, port), accepts(address, tlsPort)]);
    await withTimeout(Promise.race([listening, ended]), START_TIMEOUT_MS, 'starting coturn');
  } catch (error) {
    await close();
    throw new Error(`coturn did not start: ${said.slice(-10).join(' / ')}`, { cause: error });
  }
  return { address, port, tlsPort, close };
}

async function makeCertificate(folder: string): Promise<{ cert: string; key: string }> {
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  await promisify(execFile)('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'],
    ...['-subj', '/CN=turn.example.org', '-keyout', key, '-out', cert],
  ]);
  return { cert, key };
}

/** Settles once somebody listens there: asked again as soon as the last question was refused. */
async function accepts(host: string, port: number): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) if (await accepted(host, port)) return;
}

function accepted(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (yes: boolean) => {
      socket.destroy();
      setTimeout(resolve, yes ? 0 : 20, yes);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
