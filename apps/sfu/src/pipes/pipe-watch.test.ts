import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PipeHearing, PipeWatch } from './pipe-watch.ts';

/** Bytes sent and received in each look. */
function looks(...each: [number, number][]): boolean[] {
  const hearing = new PipeHearing();
  const total = { rtpBytesSent: 0, bytesReceived: 0 };
  return each.map(([sent, received]) => {
    total.rtpBytesSent += sent;
    total.bytesReceived += received;
    return hearing.isAnswered({ ...total });
  });
}

describe('[MEDIA-8] A pipe', () => {
  test('is unanswered when sound goes out three times in a row and nothing comes back', () => {
    expect(looks([9, 0], [9, 0], [9, 0], [9, 0])).toEqual([true, true, false, false]);
  });

  test('is answered again with the first word', () => {
    expect(looks([9, 0], [9, 0], [9, 0], [9, 1], [9, 0])).toEqual([true, true, false, true, true]);
  });

  test('is not unanswered while nothing is sent through it: everybody is muted', () => {
    expect(looks([9, 0], [0, 0], [0, 0], [0, 0], [0, 0])).not.toContain(false);
  });
});

describe('The watch', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('tells of a pipe for as long as it is unanswered, and of none that is watched no more', async () => {
    const watch = new PipeWatch();
    const unanswered = vi.fn();
    let rtpBytesSent = 0;
    const stop = watch.add({
      traffic: async () => ({ rtpBytesSent: (rtpBytesSent += 1), bytesReceived: 0 }),
      unanswered,
    });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(unanswered).toHaveBeenCalledTimes(3);
    stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('waits for a worker that is slow to say, and passes over one that does not', async () => {
    const watch = new PipeWatch();
    const asked = vi.fn(
      () => new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 3000)),
    );
    const stop = watch.add({ traffic: asked, unanswered: () => expect.unreachable() });
    await vi.advanceTimersByTimeAsync(12_500);
    expect(asked).toHaveBeenCalledTimes(3);
    stop();
  });
});
