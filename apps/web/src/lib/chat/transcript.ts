import type { MeetingState, Message } from '@relais/protocol';

/** The messages that this tab holds, oldest first and without a hole, and how many lie before them. */
export interface Transcript {
  messages: readonly Message[];
  earlier: number;
}

export const EMPTY: Transcript = { messages: [], earlier: 0 };

type Recent = Pick<MeetingState, 'messages' | 'messageCount'>;

/**
 * The transcript after the meeting's last messages [CHAT-3, CHAT-4]. The meeting keeps only the last 200, so what
 * falls off its front stays here. After so long an absence that they do not meet, the old ones are let go: they
 * are read again by page, without a hole.
 */
export function follow(transcript: Transcript, { messages, messageCount }: Recent): Transcript {
  const earlier = messageCount - messages.length;
  const known = transcript.earlier + transcript.messages.length;
  if (earlier > known || transcript.messages.length === 0) return { messages, earlier };
  const last = transcript.messages.at(-1)?.version ?? 0;
  const news = messages.filter(({ version }) => version > last);
  return news.length === 0 ? transcript : { ...transcript, messages: [...transcript.messages, ...news] };
}

/** With one page of older messages before them. */
export function prepend(transcript: Transcript, page: readonly Message[], hasMore: boolean): Transcript {
  const first = transcript.messages[0]?.version ?? Number.POSITIVE_INFINITY;
  const older = page.filter(({ version }) => version < first);
  const earlier = hasMore ? Math.max(1, transcript.earlier - older.length) : 0;
  return { messages: [...older, ...transcript.messages], earlier };
}
