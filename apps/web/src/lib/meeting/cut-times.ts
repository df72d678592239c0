import type { LiveSnapshot, ParticipantId } from '@relais/protocol';

/** By participant: since when they are cut off, in milliseconds since 1970. */
export type CutTimes = ReadonlyMap<ParticipantId, number>;

/**
 * After one fact about the present: who is cut off by it, is so since now. Of who was found cut off in a whole present
 * it is not known since when. The same map when nothing changes.
 */
export function cutTimes(
  times: CutTimes,
  before: LiveSnapshot | undefined,
  after: LiveSnapshot,
  now: number,
): CutTimes {
  const isNext = before?.epoch === after.epoch && before.seq + 1 === after.seq;
  const back = [...times.keys()].filter((id) => after.state[id]?.connected);
  const cut = isNext ? cutBetween(before, after) : [];
  if (back.length === 0 && cut.length === 0) return times;
  const next = new Map(times);
  for (const id of back) next.delete(id);
  for (const id of cut) next.set(id, now);
  return next;
}

function cutBetween(before: LiveSnapshot, after: LiveSnapshot): ParticipantId[] {
  return Object.entries(before.state)
    .filter(([id, { connected }]) => connected && !after.state[id]?.connected)
    .map(([id]) => id as ParticipantId);
}
