import type { ParticipantId } from '@relais/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLeaveTeller } from './leave-teller.ts';

const seat = { participantId: 'ana' as ParticipantId, token: 'proof' };
const CODE = 'abc-defg-hij';

function memory(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  } as unknown as Storage;
}

/** `answers`: what the hub says to each attempt; an error is a line that is down. The last is said again. */
function setUp(
  answers: (number | 'down' | 'never')[],
  storage: Storage | undefined = memory(),
  seated?: typeof seat,
) {
  const asked: { url: string; body: unknown }[] = [];
  const beacons: string[] = [];
  const fetch = (url: string, { body, signal }: { body: string; signal: AbortSignal }) => {
    asked.push({ url, body: JSON.parse(body) });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer === 'never')
      return new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(new Error('given up'))),
      );
    if (answer === 'down') return Promise.reject(new TypeError('no network'));
    return Promise.resolve(new Response('{}', { status: answer ?? 200 }));
  };
  const teller = createLeaveTeller(
    {
      storage,
      fetch: fetch as unknown as typeof globalThis.fetch,
      beacon: (url) => beacons.push(url) > 0,
      now: () => Date.now(),
    },
    seated,
  );
  return { teller, asked, beacons, storage };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a leaving that the socket could not tell [LEAVE-5]', () => {
  it('is told again, ever more rarely, until the hub has taken it', async () => {
    const { teller, asked } = setUp(['down', 503, 429, 200]);
    teller.tell(CODE, seat);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(4);
    expect(asked[0]).toEqual({ url: `/api/meetings/${CODE}/leave`, body: seat });
    await vi.advanceTimersByTimeAsync(300_000);
    expect(asked).toHaveLength(4);
  });

  it('is told by the next page of this browser, when this one was closed before the line was back', async () => {
    const before = setUp(['down']);
    before.teller.tell(CODE, seat);
    await vi.advanceTimersByTimeAsync(5000);
    before.teller.close();
    const after = setUp([200], before.storage);
    await vi.advanceTimersByTimeAsync(1);
    expect(after.asked).toEqual([{ url: `/api/meetings/${CODE}/leave`, body: seat }]);
  });

  it('is not told any more once one has come back to the seat, nor after an hour', async () => {
    const { teller, asked } = setUp(['never']);
    teller.tell(CODE, seat);
    teller.takeBack(seat);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(1);
    const late = setUp(['down']);
    late.teller.tell(CODE, seat);
    await vi.advanceTimersByTimeAsync(2 * 60 * 60_000);
    const before = late.asked.length;
    await vi.advanceTimersByTimeAsync(60 * 60_000);
    expect(late.asked).toHaveLength(before);
  });

  it('of the seat that one sits in by now is not told by the page that finds it', async () => {
    const before = setUp(['down']);
    before.teller.tell(CODE, seat);
    before.teller.close();
    const after = setUp([200], before.storage, seat);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(after.asked).toEqual([]);
  });

  it('that is refused for good, as of a seat that is nobody’s, is not repeated', async () => {
    const { teller, asked } = setUp([403]);
    teller.tell(CODE, seat);
    await vi.advanceTimersByTimeAsync(300_000);
    expect(asked).toHaveLength(1);
  });

  it('of a page that goes away leaves with the browser', () => {
    const { teller, beacons } = setUp([200]);
    teller.lastWord(CODE, seat);
    expect(beacons).toEqual([`/api/meetings/${CODE}/leave`]);
  });
});
