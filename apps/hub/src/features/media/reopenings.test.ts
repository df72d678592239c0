import type { ParticipantId } from '@relais/protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Reopenings } from './reopenings.ts';

const [ana, bea] = ['ana', 'bea'] as ParticipantId[] as [ParticipantId, ParticipantId];
const meeting = {};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Whether it is over now. */
function watch(reopenings: Reopenings<object>) {
  const seen = { over: false };
  void reopenings.gathered(meeting).then(() => (seen.over = true));
  return async (ms: number) => {
    await vi.advanceTimersByTimeAsync(ms);
    return seen.over;
  };
}

test('[MEDIA-9] who has media again waits for the last of those who lost it together', async () => {
  const reopenings = new Reopenings();
  for (const one of [ana, bea]) reopenings.lost(meeting, one);
  reopenings.back(meeting, ana);
  const after = watch(reopenings);
  expect(await after(50)).toBe(false);
  reopenings.back(meeting, bea);
  expect(await after(0)).toBe(true);
});

test('[MEDIA-9] nobody waits long for somebody slow, nor at all for one who has not come for a second', async () => {
  const reopenings = new Reopenings();
  for (const one of [ana, bea]) reopenings.lost(meeting, one);
  reopenings.back(meeting, ana);
  const after = watch(reopenings);
  expect(await after(149)).toBe(false);
  expect(await after(1)).toBe(true);
  expect(await watch(reopenings)(0)).toBe(false);
  await vi.advanceTimersByTimeAsync(1000);
  expect(await watch(reopenings)(0)).toBe(true);
});

test('where nobody lost media, or only in another meeting, nobody waits', async () => {
  const reopenings = new Reopenings();
  reopenings.lost({}, ana);
  expect(await watch(reopenings)(0)).toBe(true);
});
