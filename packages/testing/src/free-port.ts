import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/**
 * Where ports are looked for: below those that a system gives to outgoing connections (Linux: from 32768), which would take the
 * place of a server that is still starting, or that a test ends and starts again; and above the pipes of clusters (20000-20199).
 */
const FIRST = 21_000;
const LAST = 31_999;
/** Each is far from the next: a server's second worker, or its next one, takes the port after its own. */
const STEP = 8;
const TRIES = 100;

const given = new Set<number>();

/** A port that nobody listens on, for TCP and UDP, and that this process has given to nobody else. */
export async function freePort(): Promise<number> {
  for (let i = 0; i < TRIES; i += 1) {
    // Other test processes look as well: by chance they hardly look at the same one at once.
    const port = FIRST + STEP * Math.floor((Math.random() * (LAST - FIRST)) / STEP);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
  throw new Error(`no free port from ${FIRST} to ${LAST}`);
}

async function isFree(port: number): Promise<boolean> {
  const free = await Promise.all([takesTcp(port), takesUdp(port)]);
  return free.every(Boolean);
}

const takesTcp = (port: number) =>
  new Promise<boolean>((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, () => probe.close(() => resolve(true)));
  });

const takesUdp = (port: number) =>
  new Promise<boolean>((resolve) => {
    const probe = createSocket('udp4');
    probe.once('error', () => resolve(false));
    probe.bind(port, () => probe.close(() => resolve(true)));
  });
