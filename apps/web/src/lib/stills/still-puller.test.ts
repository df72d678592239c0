import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ParticipantId, StillId } from '@relais/protocol';
import { fail, ok } from '@relais/kit';
import { createFakeHub } from '../hub/fake-hub-client.ts';
import { createStillPuller, type PulledStill, type StillWanted } from './still-puller.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const ANA = 'ana' as ParticipantId;
const image = (stillId: string, bytes: number, of = ANA): StillWanted => ({
  participantId: of,
  still: { stillId: stillId as StillId, bytes, at: 1 },
});

/** A hub whose line carries `kbps` kilobits each second, a round trip of `way` milliseconds. */
function setUp({ kbps = 64, way = 40 } = {}) {
  const fake = createFakeHub();
  fake.socket(true);
  const contents = new Map<string, Uint8Array<ArrayBuffer>>();
  const asked: { stillId: string; bytes: number; at: number }[] = [];
  let busyMs = 0;
  fake.answer('still:get', async ({ stillId, offset, length }) => {
    const content = contents.get(stillId);
    if (!content) return fail({ kind: 'unknownId', id: stillId });
    const piece = content.slice(offset, offset + length);
    const ms = ((piece.byteLength + 320) * 8) / kbps;
    busyMs += ms;
    asked.push({ stillId, bytes: piece.byteLength, at: performance.now() });
    await new Promise((resolve) => setTimeout(resolve, way + ms));
    return ok({ type: 'image/webp', bytes: content.byteLength, piece });
  });
  const shown: PulledStill[] = [];
  const puller = createStillPuller({
    hub: fake.hub,
    whole: (one) => shown.push(one),
    now: () => performance.now(),
  });
  const put = (stillId: string, bytes: number) => {
    const content = Uint8Array.from({ length: bytes }, (_, i) => (i * 31) % 251);
    contents.set(stillId, content);
    return content;
  };
  return { fake, puller, put, contents, asked, shown, busy: () => busyMs };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('bringing a still image over [STILL-5]', () => {
  it('gives it whole, as it was', async () => {
    const { puller, put, shown } = setUp();
    const content = put('s1', 30_000);
    puller.want(image('s1', 30_000));
    await pass(60_000);
    expect(shown).toHaveLength(1);
    expect(shown[0]?.content).toEqual(content);
    puller.want(image('s1', 30_000));
    await pass(1000);
    expect(shown).toHaveLength(1);
  });

  it('takes 30 % of a line of 64 kbit/s at most, and no piece keeps it busy for longer than speech bears', async () => {
    const { puller, put, asked, busy, shown } = setUp({ kbps: 64 });
    put('s1', 40_000);
    const from = performance.now();
    puller.want(image('s1', 40_000));
    while (shown.length === 0) await pass(10);
    const took = performance.now() - from;
    expect(busy() / took).toBeLessThan(0.33);
    expect(Math.max(...asked.map(({ bytes }) => bytes))).toBeLessThan(1100);
    // And it is there while it is still of use.
    expect(took).toBeLessThan(30_000);
  });

  it('is quick on a good line, also on one that is long: a satellite', async () => {
    for (const line of [
      { kbps: 5000, way: 30, within: 1500 },
      { kbps: 2000, way: 600, within: 8000 },
    ]) {
      const { puller, put, shown } = setUp(line);
      put('s1', 40_000);
      const from = performance.now();
      puller.want(image('s1', 40_000));
      while (shown.length === 0) await pass(10);
      expect(performance.now() - from).toBeLessThan(line.within);
    }
  });

  it('goes on to the newest, unless more than half of the present one is there', async () => {
    const { puller, put, shown, asked } = setUp();
    for (const id of ['s1', 's2', 's3', 's4']) put(id, 20_000);
    puller.want(image('s1', 20_000));
    await pass(1000);
    puller.want(image('s2', 20_000));
    await pass(60_000);
    expect(shown.map(({ still }) => still.stillId)).toEqual(['s2']);
    puller.want(image('s3', 20_000));
    const got = () =>
      asked.filter(({ stillId }) => stillId === 's3').reduce((sum, { bytes }) => sum + bytes, 0);
    while (got() < 12_000) await pass(100);
    puller.want(image('s4', 20_000));
    await pass(60_000);
    expect(shown.map(({ still }) => still.stillId)).toEqual(['s2', 's3', 's4']);
  });

  it('goes on where it was after the socket fell', async () => {
    const { fake, puller, put, shown, asked } = setUp();
    put('s1', 20_000);
    puller.want(image('s1', 20_000));
    await pass(4000);
    fake.socket(false);
    await pass(5000);
    const before = asked.reduce((sum, { bytes }) => sum + bytes, 0);
    fake.socket(true);
    puller.want(image('s1', 20_000));
    await pass(60_000);
    expect(shown).toHaveLength(1);
    const after = asked.reduce((sum, { bytes }) => sum + bytes, 0);
    expect(before).toBeGreaterThan(0);
    // At most the piece whose answer was lost is asked for again.
    expect(after).toBeLessThan(20_000 + 2000);
  });

  it('asks no more for one that is gone, and nothing when no screen is shown', async () => {
    const { fake, puller, put, shown } = setUp();
    puller.want(image('gone', 5000));
    await pass(5000);
    expect(fake.requests).toHaveLength(1);
    put('s1', 5000);
    puller.want(image('s1', 5000));
    puller.want(undefined);
    await pass(10_000);
    expect(shown).toEqual([]);
    puller.want(image('s1', 5000));
    puller.close();
    await pass(10_000);
    expect(shown).toEqual([]);
  });
});
