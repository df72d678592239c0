import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GREY_WIDTH, type GreyPicture } from '@relais/domain';
import type { StillId } from '@relais/protocol';
import { fail, ok } from '@relais/kit';
import { createFakeHub } from '../hub/fake-hub-client.ts';
import { createStillSender } from './still-sender.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A page of one grey level. */
function page(level: number): GreyPicture {
  return { width: GREY_WIDTH, height: 180, pixels: new Uint8Array(GREY_WIDTH * 180).fill(level) };
}

function setUp(bytes = 30_000) {
  const fake = createFakeHub();
  fake.socket(true);
  const world = { shows: page(10), told: undefined as StillId | undefined, looks: 0, encoded: 0 };
  const whole: string[] = [];
  fake.answer('still:put', ({ stillId, offset, piece, bytes: all }) => {
    if (offset + piece.byteLength === all) {
      whole.push(stillId);
      world.told = stillId as StillId;
    }
    return ok({});
  });
  const sender = createStillSender({
    hub: fake.hub,
    look: async () => {
      world.looks += 1;
      const encode = async () => {
        world.encoded += 1;
        return { type: 'image/webp' as const, content: new Uint8Array(bytes) };
      };
      return { grey: world.shows, encode };
    },
    told: () => world.told,
    everyMs: () => 2000,
    now: () => performance.now(),
  });
  return { fake, world, whole, sender };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('making still images of the screen that one shares', () => {
  it('sends the first at once, in pieces, one after another [STILL-1]', async () => {
    const { fake, whole, sender } = setUp();
    await pass(1900);
    expect(whole).toHaveLength(1);
    const pieces = fake.requests.map(({ payload }) => payload as { offset: number; piece: Uint8Array });
    let at = 0;
    for (const { offset, piece } of pieces) {
      expect(offset).toBe(at);
      at += piece.byteLength;
    }
    expect(at).toBe(30_000);
    sender.close();
  });

  it('sends nothing while nothing changes, and one when it does [STILL-4]', async () => {
    const { world, whole, sender } = setUp();
    await pass(60_000);
    expect(whole).toHaveLength(1);
    expect(world.looks).toBeGreaterThan(25);
    expect(world.encoded).toBe(1);
    world.shows = page(200);
    await pass(10_000);
    expect(whole).toHaveLength(2);
    sender.close();
  });

  it('sends at most 16 kbit/s of a screen that changes all the time, in the long run [STILL-4]', async () => {
    const { world, whole, sender } = setUp();
    for (let i = 0; i < 600; i += 1) {
      world.shows = page((i * 37) % 251);
      await pass(1000);
    }
    // 120 kB at once and 2 kB a second for ten minutes make 1,320 kB: 44 images of 30 kB, and the one that overdraws.
    expect(whole.length).toBeGreaterThan(30);
    expect(whole.length).toBeLessThanOrEqual(45);
    sender.close();
  });

  it('begins again with what the screen shows when a piece is refused, or the hub has forgotten', async () => {
    const { fake, world, whole, sender } = setUp();
    const working = (fake.answer('still:put', () => fail({ kind: 'unknownId', id: 'x' })), whole);
    await pass(5000);
    expect(working).toEqual([]);
    fake.answer('still:put', ({ stillId, offset, piece, bytes }) => {
      if (offset + piece.byteLength === bytes) {
        whole.push(stillId);
        world.told = stillId as StillId;
      }
      return ok({});
    });
    await pass(5000);
    expect(whole).toHaveLength(1);
    world.told = undefined;
    await pass(5000);
    expect(whole).toHaveLength(2);
    sender.close();
  });

  it('looks no more once it is closed, nor while the socket is down', async () => {
    const { fake, world, sender } = setUp();
    await pass(3000);
    fake.socket(false);
    const { looks } = world;
    await pass(20_000);
    expect(world.looks).toBe(looks);
    fake.socket(true);
    await pass(5000);
    expect(world.looks).toBeGreaterThan(looks);
    sender.close();
    const after = world.looks;
    await pass(20_000);
    expect(world.looks).toBe(after);
  });
});
