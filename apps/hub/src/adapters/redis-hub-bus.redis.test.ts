import { hubId, meetingId, participantId } from '@relais/protocol';
import { startTestRedis, type TestRedis } from '@relais/testing/test-redis';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { hubBusContract } from '../ports/hub-bus.contract.ts';
import type { HubBus, HubEnvelope } from '../ports/hub-bus.ts';
import { createRedisHubBus } from './redis-hub-bus.ts';

let redis: TestRedis;
const logger = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };

beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.close());
afterEach(() => vi.clearAllMocks());

const create = () => createRedisHubBus({ url: redis.url, logger });
hubBusContract('Redis', async () => create());

describe('when Redis comes and goes', () => {
  const open: HubBus[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((bus) => bus.close()));
  });

  async function hub() {
    const bus = create();
    open.push(bus);
    const heard: number[] = [];
    const changes: boolean[] = [];
    bus.subscribe({ message: ({ number }) => heard.push(number), changed: (isUp) => changes.push(isUp) });
    await up(bus);
    return { bus, heard, changes };
  }
  const up = (bus: HubBus) => vi.waitFor(() => expect(bus.isUp).toBe(true), { timeout: 10_000 });
  const down = (bus: HubBus) => vi.waitFor(() => expect(bus.isUp).toBe(false), { timeout: 10_000 });
  const say = (bus: HubBus, number: number): void => {
    const of = { meetingId: meetingId.parse('m'), participantId: participantId.parse('p') };
    const envelope: HubEnvelope = { from: bus.hubId, number, at: 0, message: { type: 'personGone', ...of } };
    bus.publish(envelope);
  };

  it('says that it is down, drops what is said, and carries on after a restart with nothing in it', async () => {
    const [a, b] = [await hub(), await hub()];
    say(a.bus, 1);
    await vi.waitFor(() => expect(b.heard).toEqual([1]), 10_000);
    await redis.stop();
    await Promise.all([down(a.bus), down(b.bus)]);
    say(a.bus, 2);
    await redis.start();
    await Promise.all([up(a.bus), up(b.bus)]);
    say(a.bus, 3);
    await vi.waitFor(() => expect(b.heard).toEqual([1, 3]), { timeout: 5000 });
    expect(b.changes).toEqual([true, false, true]);
    expect(logger.warn.mock.calls.filter(([, text]) => String(text).includes('away'))).toHaveLength(2);
  });

  it('notices a Redis that hangs, and is back when it is', async () => {
    const [a, b] = [await hub(), await hub()];
    process.kill(redis.pid, 'SIGSTOP');
    try {
      await Promise.all([down(a.bus), down(b.bus)]);
    } finally {
      process.kill(redis.pid, 'SIGCONT');
    }
    await Promise.all([up(a.bus), up(b.bus)]);
    say(a.bus, 7);
    await vi.waitFor(() => expect(b.heard).toContain(7), { timeout: 5000 });
  });

  it('reads on where it stood when only its own connections were cut', async () => {
    const [a, b] = [await hub(), await hub()];
    const admin = new Redis(redis.url);
    const cut = Promise.all([down(a.bus), down(b.bus)]);
    await admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await cut;
    const told = { from: hubId.parse('other'), number: 1, at: 0, message: { type: 'beat' } };
    await admin.xadd('relais:hubs', '*', 'm', JSON.stringify(told));
    await admin.quit();
    await vi.waitFor(() => expect([...a.heard, ...b.heard]).toEqual([1, 1]), { timeout: 5000 });
  });

  it('[PRES-2] hands over what is said last, in the same turn as it closes', async () => {
    const [a, b] = [await hub(), await hub()];
    say(a.bus, 4);
    await a.bus.close();
    await vi.waitFor(() => expect(b.heard).toEqual([4]), { timeout: 5000 });
  });

  it('[PRES-4] is down for as long as Redis takes nothing that is written, though it answers', async () => {
    const [a] = [await hub()];
    const admin = new Redis(redis.url);
    await admin.config('SET', 'min-replicas-to-write', 1);
    const refused = async () => {
      const stats = await admin.info('commandstats');
      return Number(/cmdstat_xtrim:.*rejected_calls=(\d+)/.exec(stats)?.[1] ?? 0);
    };
    say(a.bus, 1);
    await down(a.bus);
    await vi.waitFor(async () => expect(await refused()).toBeGreaterThan(2), { timeout: 10_000 });
    expect(a.changes).toEqual([true, false]);
    await admin.config('SET', 'min-replicas-to-write', 0);
    await up(a.bus);
    await admin.quit();
  });

  it('passes over what is no message of ours, and says so', async () => {
    const [a, b] = [await hub(), await hub()];
    const admin = new Redis(redis.url);
    for (const text of ['{', '{"from":"x"}', '[]']) await admin.xadd('relais:hubs', '*', 'm', text);
    await admin.xadd('relais:hubs', '*', 'other', 'fields');
    await admin.quit();
    say(a.bus, 9);
    await vi.waitFor(() => expect(b.heard).toEqual([9]), { timeout: 5000 });
    expect(logger.warn).toHaveBeenCalled();
  });
});
