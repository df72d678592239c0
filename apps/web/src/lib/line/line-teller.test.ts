import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LivePerson } from '@relais/protocol';
import { fail, ok } from '@relais/kit';
import { createFakeHub } from '../hub/fake-hub-client.ts';
import { createLineTeller, type OwnLine } from './line-teller.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp(own: OwnLine) {
  const fake = createFakeHub();
  fake.socket(true);
  const world = { own, told: undefined as LivePerson | undefined };
  const teller = createLineTeller({ hub: fake.hub, own: () => world.own, told: () => world.told });
  return { fake, world, teller };
}

const here = (more: Partial<LivePerson> = {}): LivePerson => ({ connected: true, producers: [], ...more });
const settle = () => vi.advanceTimersByTimeAsync(0);

describe('telling how one’s own line is [LINE-3]', () => {
  it('says nothing before one has a seat, nor while what is known is right', async () => {
    const { fake, world, teller } = setUp({ line: 'slow', light: true });
    teller.look();
    world.told = here({ line: 'slow', light: true });
    teller.look();
    await settle();
    expect(fake.requests).toEqual([]);
  });

  it('tells what has changed, once at a time, and what changed meanwhile after it', async () => {
    const { fake, world, teller } = setUp({ line: 'good', light: true });
    fake.answer('line:tell', () => ok({}));
    world.told = here();
    teller.look();
    teller.look();
    world.own = { line: 'bad', light: true };
    await settle();
    expect(fake.requests.map(({ payload }) => payload)).toEqual([
      { line: 'good', light: true },
      { line: 'bad', light: true },
    ]);
  });

  it('tries again when the hub could not take it, and no more once it is known', async () => {
    const { fake, world, teller } = setUp({ line: 'slow', light: false });
    world.told = here();
    fake.answer('line:tell', () => fail({ kind: 'tooMany', retryAfterMs: 2000 }));
    teller.look();
    await settle();
    fake.answer('line:tell', () => ok({}));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(fake.requests).toHaveLength(2);
    world.told = here({ line: 'slow' });
    teller.look();
    await settle();
    expect(fake.requests).toHaveLength(2);
  });
});
