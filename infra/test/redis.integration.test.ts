import { mkdtemp, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tether } from '@relais/db/tether';
import { withTimeout } from '@relais/kit';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { INFRA, run } from './tool.ts';

const START = join(INFRA, 'redis', 'start.sh');
const server = process.env['REDIS_SERVER_PATH'] ?? 'redis-server';
const PASSWORD = 'of this test only';
let folder: string;
let tether: Tether;
let redis: Redis;

/** As on a server, but on a socket of its own in place of a port. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relais-test-infra-redis-'));
  const path = join(folder, 'redis.sock');
  const started = await Tether.create({
    command: ['sh', START, '--port', '0', '--unixsocket', path],
    env: {
      PATH: process.env['PATH'] ?? '',
      ...{ REDIS_SERVER_PATH: server, REDIS_PASSWORD: PASSWORD, REDIS_RUN: join(folder, 'run') },
    },
    remove: folder,
    signal: 'TERM',
    onLine: () => undefined,
  });
  if (!started) throw new Error('Redis could not be started');
  tether = started;
  tether.release();
  redis = new Redis({
    path,
    password: PASSWORD,
    lazyConnect: true,
    retryStrategy: () => 20,
    commandTimeout: 10_000,
  });
  redis.on('error', () => undefined);
  await redis.ping();
});
afterAll(async () => {
  redis.disconnect();
  tether.end();
  await withTimeout(tether.exited, 10_000, 'stopping Redis');
});

test('Redis keeps nothing on disk, throws nothing away for want of room, and lets in who has the password', async () => {
  const get = async (name: string) => (await redis.config('GET', name))[1];
  expect(await get('save')).toBe('');
  expect(await get('appendonly')).toBe('no');
  expect(await get('maxmemory-policy')).toBe('noeviction');
  expect(Number(await get('maxmemory'))).toBe(512 * 1024 * 1024);
  const stranger = new Redis({ path: join(folder, 'redis.sock'), lazyConnect: true, commandTimeout: 5000 });
  stranger.on('error', () => undefined);
  await expect(stranger.get('anything')).rejects.toThrow('NOAUTH');
  stranger.disconnect();
});

test('the password of Redis stands in a file that only its owner may read, and on no command line', async () => {
  const { mode } = await stat(join(folder, 'run', 'redis.conf'));
  expect((mode & 0o777).toString(8)).toBe('600');
  const pid = /process_id:(\d+)/.exec(await redis.info('server'))?.[1];
  const { output } = await run('ps', ['-ww', '-o', 'args=', '-p', String(pid)]);
  expect(output).toContain('redis');
  expect(output).not.toContain(PASSWORD);
});

test('without a password Redis is not started, and the missing variable is named', async () => {
  const said = await run('sh', [START], { REDIS_PASSWORD: '', REDIS_SERVER_PATH: '/bin/true' });
  expect(said.code).not.toBe(0);
  expect(said.output).toContain('REDIS_PASSWORD');
});
