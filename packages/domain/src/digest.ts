import type { LiveState, MeetingState, Message, ParticipantId } from '@relais/protocol';
import { producerOf } from './live.ts';

/** What somebody who was away missed, of what the log and the present say. */
export interface Digest {
  /** How many messages others wrote. */
  messages: number;
  /** The last of them, oldest first. */
  last: readonly Message[];
  /** The first of them that is at hand; older ones are read by page. */
  first: Message | undefined;
  /** Who is there and was not, and who was and is not: by name, in the order of joining. */
  arrived: readonly string[];
  departed: readonly string[];
  /** Who shares a screen now. */
  sharing: readonly string[];
}

/** Messages that are told by name and first line. */
const TOLD = 3;

export interface Absence {
  self: ParticipantId;
  before: Pick<MeetingState, 'version' | 'messageCount' | 'participants'>;
  after: MeetingState;
  live: LiveState;
}

/**
 * [BACK-3] From the meeting as one knew it and as it is: it makes no difference whether the way between was told event by
 * event or as a whole. Who left and came in again under another seat has neither come nor gone.
 */
export function digest({ self, before, after, live }: Absence): Digest {
  const missed = after.messages.filter(({ version }) => version > before.version);
  const others = missed.filter(({ participantId }) => participantId !== self);
  const own = missed.length - others.length;
  const arrived = namesIn(after, before, self);
  const departed = namesIn(before, after, self);
  return {
    messages: after.messageCount - before.messageCount - own,
    last: others.slice(-TOLD),
    first: others[0],
    arrived: without(arrived, departed),
    departed: without(departed, arrived),
    sharing: after.participants
      .filter(({ participantId }) => participantId !== self && producerOf(live, participantId, 'screen'))
      .map(({ name }) => name),
  };
}

/** Nothing was missed that would have to be told. */
export function isEmptyDigest({ messages, arrived, departed }: Digest): boolean {
  return messages <= 0 && arrived.length === 0 && departed.length === 0;
}

type WithParticipants = Pick<MeetingState, 'participants'>;

function namesIn(one: WithParticipants, other: WithParticipants, self: ParticipantId): string[] {
  const known = new Set(other.participants.map(({ participantId }) => participantId));
  return one.participants
    .filter(({ participantId }) => participantId !== self && !known.has(participantId))
    .map(({ name }) => name);
}

/** Names less names, each taken off once: two people may bear the same [JOIN-4]. */
function without(names: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return names.filter((name) => {
    const at = left.indexOf(name);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
