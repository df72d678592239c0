import { describe, expect, it } from 'vitest';
import type { ClientMessageId, Message, ParticipantId } from '@relais/protocol';
import { comeBack, EMPTY, follow, KEPT, prepend, UNREAD_PAST, withLast } from './transcript.ts';

/** Message number n of a meeting, at version 2n. */
const message = (n: number): Message => ({
  version: 2 * n,
  participantId: 'ana' as ParticipantId,
  name: 'Ana',
  clientMessageId: `m${n}` as ClientMessageId,
  text: `m${n}`,
  at: n,
});
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => message(from + i));
const numbers = (messages: readonly Message[]) => messages.map(({ at }) => at);

describe('the transcript', () => {
  it('begins with the snapshot and knows how many lie before', () => {
    expect(follow(EMPTY, { messages: range(3, 4), messageCount: 4 })).toEqual({
      messages: range(3, 4),
      earlier: 2,
      count: 4,
    });
  });

  it('keeps what falls off the front of the meeting’s last messages', () => {
    const first = follow(EMPTY, { messages: range(1, 3), messageCount: 3 });
    const next = follow(first, { messages: range(3, 5), messageCount: 5 });
    expect(numbers(next.messages)).toEqual([1, 2, 3, 4, 5]);
    expect(next.earlier).toBe(0);
  });

  it('is the same object while nothing is new', () => {
    const first = follow(EMPTY, { messages: range(1, 3), messageCount: 3 });
    expect(follow(first, { messages: range(1, 3), messageCount: 3 })).toBe(first);
  });

  it('[CHAT-4] never shows a hole after a long absence', () => {
    const before = follow(EMPTY, { messages: range(1, 3), messageCount: 3 });
    const after = follow(before, { messages: range(10, 12), messageCount: 12 });
    expect(numbers(after.messages)).toEqual([10, 11, 12]);
    expect(after.earlier).toBe(9);
  });

  it('takes pages of older messages, each message once', () => {
    const recent = follow(EMPTY, { messages: range(5, 6), messageCount: 6 });
    const page = prepend(recent, range(3, 5), true);
    expect(numbers(page.messages)).toEqual([3, 4, 5, 6]);
    expect(page.earlier).toBe(2);
    expect(prepend(page, range(1, 2), false)).toEqual({ messages: range(1, 6), earlier: 0, count: 6 });
  });

  it('[BREAK-14] of a place to which one came has a past, until a page says that it has none', () => {
    const come = follow(UNREAD_PAST, { messages: [], messageCount: 0 });
    expect(come.earlier).toBe(1);
    const written = follow(come, { messages: range(7, 7), messageCount: 1 });
    expect([numbers(written.messages), written.earlier]).toEqual([[7], 1]);
    const whole = prepend(written, range(3, 6), false);
    expect([numbers(whole.messages), whole.earlier]).toEqual([[3, 4, 5, 6, 7], 0]);
    // What is counted since one came goes on being counted so.
    const next = follow(whole, { messages: range(7, 8), messageCount: 2 });
    expect([numbers(next.messages), next.earlier]).toEqual([[3, 4, 5, 6, 7, 8], 0]);
  });

  it('[CHAT-4] shows no hole in a room either, of which only the last few are told', () => {
    const known = prepend(
      follow(UNREAD_PAST, { messages: range(7, 7), messageCount: 1 }),
      range(1, 6),
      false,
    );
    const after = follow(known, { messages: range(12, 14), messageCount: 8 });
    expect([numbers(after.messages), after.earlier]).toEqual([[12, 13, 14], 5]);
  });

  it('begins anew where what is counted began anew, as in a room that is opened again', () => {
    const known = follow(EMPTY, { messages: range(1, 3), messageCount: 3 });
    const after = follow(known, { messages: range(9, 9), messageCount: 1 });
    expect([numbers(after.messages), after.earlier]).toEqual([[9], 1]);
  });

  it('[BREAK-22] shows at once what was known of a place to which one comes back, and fills the hole of one’s absence', () => {
    const left = follow(EMPTY, { messages: range(1, 4), messageCount: 4 });
    const back = comeBack(left);
    expect([numbers(back.messages), back.earlier]).toEqual([[1, 2, 3, 4], 0]);
    const written = follow(back, { messages: range(8, 8), messageCount: 1 });
    expect(numbers(written.messages)).toEqual([1, 2, 3, 4, 8]);
    const whole = withLast(written, range(3, 8), true);
    expect([numbers(whole.messages), whole.earlier, whole.hole]).toEqual([
      range(1, 8).map(({ at }) => at),
      0,
      undefined,
    ]);
    // What came after the page was asked for stays; what it does not reach back to is read by page again.
    const far = withLast(follow(written, { messages: range(8, 9), messageCount: 2 }), range(6, 8), true);
    expect([numbers(far.messages), far.earlier, far.hole]).toEqual([[6, 7, 8, 9], 1, undefined]);
  });

  it('[BREAK-22] keeps the last of a place while one is elsewhere, and nothing of one that was never read', () => {
    const long = comeBack(follow(EMPTY, { messages: range(1, KEPT + 10), messageCount: KEPT + 10 }));
    expect([long.messages.length, long.messages.at(-1)?.at, long.earlier]).toEqual([KEPT, KEPT + 10, 10]);
    expect(comeBack(UNREAD_PAST)).toBe(UNREAD_PAST);
  });

  it('[BREAK-14] of a place that one has left is brought up to when one left it, without a hole', () => {
    const known = follow(EMPTY, { messages: range(3, 5), messageCount: 5 });
    const near = withLast(known, range(4, 7), true);
    expect([numbers(near.messages), near.earlier]).toEqual([[3, 4, 5, 6, 7], 2]);
    const all = withLast(known, range(1, 6), false);
    expect([numbers(all.messages), all.earlier]).toEqual([[1, 2, 3, 4, 5, 6], 0]);
    const far = withLast(known, range(8, 9), true);
    expect([numbers(far.messages), far.earlier]).toEqual([[8, 9], 1]);
  });
});
