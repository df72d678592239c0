import type { NodeAnnouncement, NodeDirectory } from '@relais/protocol';
import { startTestRedis, type TestRedis } from '@relais/testing/test-redis';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { announcementOf, listed, nodeDirectoryContract } from './node-directory.contract.ts';
import { createRedisNodeDirectory } from './redis-node-directory.ts';

let redis: TestRedis;
const logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
const directories: NodeDirectory[] = [];

beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.close());
afterEach(async () => {
  await Promise.all(directories.splice(0).map((directory) => directory.close()));
  vi.clearAllMocks();
});

function open(): NodeDirectory {
  const directory = createRedisNodeDirectory({ url: redis.url, logger });
  directories.push(directory);
  return directory;
}

async function command(...words: [string, ...string[]]): Promise<unknown> {
  const client = new Redis(redis.url);
  try {
    return await client.call(...words);
  } finally {
    client.disconnect();
  }
}

nodeDirectoryContract('Redis', {
  open: async () => open(),
  empty: async () => void (await command('FLUSHALL')),
});

describe('A directory in Redis', () => {
  let hub: NodeDirectory;
  let node: NodeDirectory;
  let now: NodeAnnouncement;
  beforeEach(async () => {
    await command('FLUSHALL');
    [hub, node, now] = [open(), open(), announcementOf('a')];
    node.announce(() => now);
    await listed(hub, [now]);
  });

  it('has a node that begins to drain, is new or goes seen by who does not look by itself', async () => {
    vi.spyOn(globalThis, 'setInterval').mockImplementationOnce(() => setTimeout(() => undefined));
    const waiting = open();
    await listed(waiting, [now]);
    now = { ...now, draining: true };
    node.announce(() => now);
    await listed(waiting, [now]);
    const other = open();
    other.announce(() => announcementOf('b'));
    await listed(waiting, [now, announcementOf('b')]);
    await other.withdraw();
    await listed(waiting, [now]);
  });

  it('passes over entries that do not fit, and says so once each', async () => {
    await command('SADD', 'relais:nodes', 'bad', 'other', 'worse');
    await command('SET', 'relais:node:bad', '{');
    await command(
      'SET',
      'relais:node:worse',
      JSON.stringify({ ...now, nodeId: 'worse', controlUrl: 'file:///etc' }),
    );
    await command('SET', 'relais:node:other', JSON.stringify(now));
    now = announcementOf('a', 1);
    await listed(hub, [now]);
    now = announcementOf('a', 2);
    await listed(hub, [now]);
    const complaints = logger.warn.mock.calls.map(([fields]) => (fields as { node: string }).node);
    expect(complaints.filter((id) => id === 'bad').length).toBeLessThanOrEqual(2);
    expect([...new Set(complaints)].sort()).toEqual(['bad', 'other', 'worse']);
  });

  it('keeps the last known while Redis is away, says so once, and heals when an empty one is back', async () => {
    const seen = vi.fn();
    hub.watch(seen);
    await redis.stop();
    await vi.waitFor(() => expect(logger.warn).toHaveBeenCalledTimes(2), 10_000);
    expect(seen.mock.lastCall).toEqual([[now]]);
    await redis.start();
    now = announcementOf('a', 7);
    await listed(hub, [now]);
    await vi.waitFor(() => expect(logger.info).toHaveBeenCalledTimes(2), { timeout: 5000 });
    expect(logger.warn).toHaveBeenCalledTimes(2);
  }, 20_000);

  it('keeps the last known while Redis is silent, and goes on when it speaks again', async () => {
    process.kill(redis.pid, 'SIGSTOP');
    try {
      await vi.waitFor(() => expect(logger.warn).toHaveBeenCalledTimes(2), { timeout: 10_000 });
      const seen = vi.fn();
      hub.watch(seen);
      expect(seen.mock.lastCall).toEqual([[now]]);
    } finally {
      process.kill(redis.pid, 'SIGCONT');
    }
    now = announcementOf('a', 8);
    await listed(hub, [now]);
  }, 20_000);
});

it('A directory whose Redis was never there knows nobody, throws nothing, and withdraws within its time', async () => {
  const directory = createRedisNodeDirectory({ url: 'redis://127.0.0.1:1', logger });
  directories.push(directory);
  const seen = vi.fn();
  directory.watch(seen);
  directory.announce(() => announcementOf('a'));
  await directory.withdraw();
  expect(seen.mock.calls).toEqual([[[]]]);
});
