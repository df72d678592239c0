import type { MeetingState, Message } from '@relais/protocol';

/** The messages that this tab holds of one place, oldest first, and how many lie before them. */
export interface Transcript {
  messages: readonly Message[];
  earlier: number;
  /** Of the view that was last followed: how many messages it counted. */
  count: number;
  /** After this version some may be missing: one was elsewhere. */
  hole?: number;
}

/** So many of a place are kept while one is elsewhere. */
export const KEPT = 50;

export const EMPTY: Transcript = { messages: [], earlier: 0, count: 0 };

/** Of a place to which one has come: what was written there before is read when it is looked at [BREAK-14]. */
export const UNREAD_PAST: Transcript = { messages: [], earlier: 1, count: 0 };

/**
 * What is shown at once of a place to which one comes back: the last that were known. What was written meanwhile is asked for,
 * and what is counted from now on is counted anew.
 */
export function comeBack({ messages, earlier }: Transcript): Transcript {
  const kept = messages.slice(-KEPT);
  const last = kept.at(-1);
  if (!last) return UNREAD_PAST;
  return {
    messages: kept,
    earlier: Math.max(earlier, messages.length - kept.length),
    count: 0,
    hole: last.version,
  };
}

type Recent = Pick<MeetingState, 'messages' | 'messageCount'>;

/**
 * The transcript after the last messages of its place [CHAT-3, CHAT-4]. Of these only some are kept by the meeting, so what
 * falls off their front stays here. After so long an absence that they do not meet, the old ones are let go: they
 * are read again by page, without a hole.
 */
export function follow(transcript: Transcript, { messages, messageCount }: Recent): Transcript {
  const before = messageCount - messages.length;
  const isHole = messageCount < transcript.count || messageCount - transcript.count > messages.length;
  if (isHole && transcript.messages.length > 0)
    return { messages, earlier: Math.max(1, before), count: messageCount };
  if (transcript.messages.length === 0 && messages.length > 0)
    return { messages, earlier: Math.max(transcript.earlier, before), count: messageCount };
  const last = transcript.messages.at(-1)?.version ?? 0;
  const news = messages.filter(({ version }) => version > last);
  if (news.length === 0 && messageCount === transcript.count) return transcript;
  return { ...transcript, messages: [...transcript.messages, ...news], count: messageCount };
}

/** With one page of older messages before them. */
export function prepend(transcript: Transcript, page: readonly Message[], hasMore: boolean): Transcript {
  const first = transcript.messages[0]?.version ?? Number.POSITIVE_INFINITY;
  const older = page.filter(({ version }) => version < first);
  const earlier = hasMore ? Math.max(1, transcript.earlier - older.length) : 0;
  return { ...transcript, messages: [...older, ...transcript.messages], earlier };
}

/**
 * With the newest page of a place where something may be missing: since one was there, or before one left it. Where the page
 * does not reach back to what is known without a hole, that is let go.
 */
export function withLast(transcript: Transcript, page: readonly Message[], hasMore: boolean): Transcript {
  const { hole, ...known } = transcript;
  const solid = hole ?? known.messages.at(-1)?.version;
  const from = page[0]?.version ?? 0;
  const isApart = solid === undefined || (hasMore && from > solid);
  const others = known.messages.filter((one) => !page.some(({ version }) => version === one.version));
  const kept = isApart ? others.filter(({ version }) => version > from) : others;
  const messages = [...kept, ...page].sort((one, other) => one.version - other.version);
  if (isApart) return { ...known, messages, earlier: hasMore ? 1 : 0 };
  const older = page.filter(({ version }) => version < known.messages[0]!.version);
  return { ...known, messages, earlier: hasMore ? Math.max(0, known.earlier - older.length) : 0 };
}
