import type { Breakout, BreakoutAsk, BreakoutRound, ParticipantId } from '@relais/protocol';

export interface Waiting {
  ask: BreakoutAsk;
  room: string;
  /** Oneself comes. */
  isMine: boolean;
}

/** One of a kind at a time from each room: what tells one request from another. */
export const keyOf = ({ kind, roomId, version }: BreakoutAsk) => `${kind}/${roomId}/${version}`;

/** [BREAK-28] What rooms ask: what nobody has taken before what somebody has, and of each the longest waiting first. */
export function queueOf(
  { asks }: Breakout,
  round: BreakoutRound,
  self: ParticipantId | undefined,
): Waiting[] {
  const nameOf = (ask: BreakoutAsk) => round.rooms.find(({ roomId }) => roomId === ask.roomId)?.name ?? '';
  return [...asks]
    .sort((one, other) => Number(!!one.taken) - Number(!!other.taken) || one.at - other.at)
    .map((ask) => ({ ask, room: nameOf(ask), isMine: !!self && ask.taken?.participantId === self }));
}

/** Those that nobody has taken and that were not known yet. */
export function newAsks(asks: readonly BreakoutAsk[], known: ReadonlySet<string>): BreakoutAsk[] {
  return asks.filter((ask) => !ask.taken && !known.has(keyOf(ask)));
}
