import { describe, expect, it } from 'vitest';
import type { ClientMessageId, Message, ParticipantId } from '@relais/protocol';
import { EMPTY, follow, prepend } from './transcript.ts';

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
    expect(prepend(page, range(1, 2), false)).toEqual({ messages: range(1, 6), earlier: 0 });
  });
});
