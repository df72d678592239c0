import { raisedHands, type Person } from '@relais/domain';
import type { ParticipantId } from '@relais/protocol';

export interface HandsKnown {
  /** One runs the meeting: others are not told of hands. */
  runs: boolean;
  /** Whose hand was up when it was last looked. */
  up: ReadonlySet<ParticipantId>;
}

/** `waiting`: they were up before one could be told of it. In the order in which it is their turn. */
export interface HandsNews {
  what: 'waiting' | 'raised';
  people: Person[];
}

/**
 * [HAND-6] What is to be told of raised hands to who runs the meeting: those that went up since, and, on coming in or once one
 * runs it, all that stand.
 */
export function handsNews(
  before: HandsKnown | undefined,
  people: readonly Person[],
  { self, runs }: { self: ParticipantId | undefined; runs: boolean },
): { known: HandsKnown; news: HandsNews | undefined } {
  const up = raisedHands(people);
  const known = { runs, up: new Set(up.map(({ participantId }) => participantId)) };
  if (!runs) return { known, news: undefined };
  const told = before?.runs ? before.up : new Set();
  const fresh = up.filter(({ participantId }) => participantId !== self && !told.has(participantId));
  const what = before?.runs ? 'raised' : 'waiting';
  return { known, news: fresh.length > 0 ? { what, people: fresh } : undefined };
}
