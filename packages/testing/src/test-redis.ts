import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tether } from '@relais/db/tether';
import { withTimeout } from '@relais/kit';
import { Redis } from 'ioredis';
import { freePort } from './free-port.ts';

export interface TestRedis {
  /** On this machine only; keeps nothing on disk. */
  url: string;
  /** Number of the server's process, to pause it with SIGSTOP. */
  pid: number;
  /** Ends the server as an outage would; `start` brings an empty one back under the same address. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

const START_TIMEOUT_MS = 10_000;

/**
 * A Redis for the tests of one file: `redis-server` from `REDIS_SERVER_PATH` or the PATH. It ends with the test
 * process, however that ends.
 */
export async function startTestRedis(): Promise<TestRedis> {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let server = await launch(port);
  const stop = async () => {
    server.tether.end();
    await withTimeout(server.tether.exited, 10_000, 'stopping Redis');
  };
  return {
    url,
    get pid() {
      return server.pid;
    },
    stop,
    start: async () => {
      server = await launch(port);
    },
    close: stop,
  };
}

async function launch(port: number): Promise<{ tether: Tether; pid: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'relais-test-redis-'));
  const complaints: string[] = [];
  const tether = await Tether.create({
    command: [
      process.env['REDIS_SERVER_PATH'] ?? 'redis-server',
      ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder],
      ...['--save', '', '--appendonly', 'no', '--daemonize', 'no', '--loglevel', 'warning'],
    ],
    env: { PATH: process.env['PATH'] ?? '' },
    remove: folder,
    signal: 'TERM',
    onLine: (line) => complaints.push(line),
  });
  if (!tether) throw new Error('Redis could not be started');
  tether.release();
  const pid = await ready(tether, port).catch((error: unknown) => {
    tether.end();
    throw new Error(`Redis did not start: ${complaints.join(' / ')}`, { cause: error });
  });
  return { tether, pid };
}

/** Asks until the server answers; gives the number of its process. */
async function ready(tether: Tether, port: number): Promise<number> {
  const redis = new Redis({
    port,
    host: '127.0.0.1',
    lazyConnect: true,
    retryStrategy: () => 20,
    commandTimeout: 5000,
  });
  redis.on('error', () => undefined);
  try {
    const answer = redis.info('server');
    const ended = tether.exited.then(() => Promise.reject(new Error('it ended')));
    const info = await withTimeout(Promise.race([answer, ended]), START_TIMEOUT_MS, 'starting Redis');
    return Number(/process_id:(\d+)/.exec(info)?.[1]);
  } finally {
    redis.disconnect();
  }
}
