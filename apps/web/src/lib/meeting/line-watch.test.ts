import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fail, ok } from '@relais/kit';
import { createFakeHub } from '../hub/fake-hub-client.ts';
import type { LineNow } from '../hub/reconnect-pace.ts';
import { createLineWatch } from './line-watch.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());
const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

function setUp(line: LineNow = { roundTripMs: undefined, isFlowing: false }) {
  const fake = createFakeHub();
  fake.socket(true);
  const restartMedia = vi.fn();
  return { fake, restartMedia, watch: createLineWatch({ hub: fake.hub, restartMedia, line: () => line }) };
}

describe('[BACK-2] a line in doubt', () => {
  it('is kept when the hub answers, be it by refusing', async () => {
    const { fake, watch, restartMedia } = setUp();
    fake.answer('line:probe', () => fail({ kind: 'notJoined' }));
    watch.doubt();
    await settle(10_000);
    expect(fake.reconnections).toBe(0);
    expect(restartMedia).not.toHaveBeenCalled();
  });

  it('is dropped for a new one when nothing comes back, and the media restarts with it', async () => {
    const { fake, watch, restartMedia } = setUp();
    fake.answer('line:probe', () => new Promise(() => undefined));
    watch.doubt();
    await settle(3000);
    expect(fake.reconnections).toBe(1);
    expect(restartMedia).toHaveBeenCalledTimes(1);
  });

  it('is kept longer while sound gets through beside it: a full line is slow, not gone', async () => {
    const { fake, watch, restartMedia } = setUp({ roundTripMs: 1400, isFlowing: true });
    fake.answer('line:probe', () => new Promise(() => undefined));
    watch.doubt();
    await settle(5000);
    expect(fake.reconnections).toBe(0);
    await settle(1000);
    expect(fake.reconnections).toBe(1);
    expect(restartMedia).toHaveBeenCalledTimes(1);
  });

  it('is not kept for sound that gets through once the network is another', async () => {
    const { fake, watch } = setUp({ roundTripMs: 1400, isFlowing: true });
    fake.answer('line:probe', () => new Promise(() => undefined));
    watch.networkChanged();
    await settle(3000);
    expect(fake.reconnections).toBe(1);
  });

  it('is not kept for what has got through before, once everything stands still, and is kept when the hub answers [BACK-5]', async () => {
    const { fake, watch, restartMedia } = setUp({ roundTripMs: 100, isFlowing: true });
    fake.answer('line:probe', () => ok({}));
    watch.stoodStill({ isSure: true });
    await settle(10_000);
    expect([restartMedia.mock.calls.length, fake.reconnections]).toEqual([0, 0]);
    fake.answer('line:probe', () => new Promise(() => undefined));
    watch.stoodStill({ isSure: true });
    await settle(3000);
    expect([restartMedia.mock.calls.length, fake.reconnections]).toEqual([1, 1]);
  });

  it('is not asked at all when the address that it was reached by is gone [BACK-5]', () => {
    const { fake, watch, restartMedia } = setUp({ roundTripMs: 100, isFlowing: true });
    watch.left();
    expect([restartMedia.mock.calls.length, fake.reconnections]).toEqual([1, 1]);
  });

  it('is asked once, however many reasons there are at once', async () => {
    const { fake, watch } = setUp();
    fake.answer('line:probe', () => ok({}));
    watch.networkChanged();
    watch.mediaMoved('interrupted');
    for (let i = 0; i < 5; i += 1) watch.doubt();
    await settle(100);
    expect(fake.requests).toHaveLength(1);
  });

  it('does not wait for its turn when packets get through again', async () => {
    const { fake, watch } = setUp();
    watch.mediaMoved('connected');
    watch.mediaMoved('interrupted');
    await settle(100);
    fake.socket(false);
    watch.mediaMoved('connected');
    expect(fake.reconnections).toBe(1);
  });
});
