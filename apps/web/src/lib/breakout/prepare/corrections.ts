import type { AnswerValue, Breakout, ParticipantId } from '@relais/protocol';
import type { Draft } from './draft.ts';
import { folded } from './pasted.ts';

type Proposed = AnswerValue<'breakout:propose'>;

/** A round as it would be: in each room its people, by the order of the rooms. */
export function peopleByRoom(rooms: number, { placements }: Pick<Proposed, 'placements'>): ParticipantId[][] {
  const places: ParticipantId[][] = Array.from({ length: rooms }, () => []);
  for (const { participantId, room } of placements) places[room]?.push(participantId);
  return places;
}

/**
 * Somebody is put in another room than was proposed, or in the plenary (`null`): from now on everybody is where they are by
 * hand, and who comes meanwhile has no room yet.
 */
export function corrected(draft: Draft, proposed: Proposed, who: ParticipantId, to: number | null): Draft {
  const byHand: Draft['byHand'] = {};
  for (const { participantId, room } of proposed.placements)
    byHand[participantId] = draft.rooms[room]?.key ?? null;
  for (const [id, key] of Object.entries(draft.byHand ?? {}))
    if (key === null) byHand[id as ParticipantId] = null;
  byHand[who] = to;
  return { ...draft, filling: 'byHand', byHand, corrected: draft.corrected ?? draft.filling };
}

/** As it was before the first correction. */
export function uncorrected({ byHand: _, corrected: before, ...draft }: Draft): Draft {
  return { ...draft, filling: before ?? draft.filling };
}

/** Pairs that are together in spite of a label or of the last round, where people were corrected by hand [BREAK-7]. */
export function togetherAll(
  { placements }: Pick<Proposed, 'placements'>,
  { labels, last }: Pick<Breakout, 'labels' | 'last'>,
): Proposed['breaches'] {
  const before = new Map(last.map(({ participantId, roomId }) => [participantId, roomId]));
  const told: Partial<Record<ParticipantId, string>> = labels;
  const breaches: Proposed['breaches'] = [];
  for (const [i, one] of placements.entries()) {
    for (const other of placements.slice(i + 1)) {
      if (one.room !== other.room) continue;
      const pair = {
        participantIds: [one.participantId, other.participantId] as [ParticipantId, ParticipantId],
      };
      const [a, b] = [told[one.participantId], told[other.participantId]];
      if (a && b && folded(a) === folded(b)) breaches.push({ ...pair, room: one.room, why: 'label' });
      const was = before.get(one.participantId);
      if (was && was === before.get(other.participantId))
        breaches.push({ ...pair, room: one.room, why: 'last' });
    }
  }
  return breaches;
}

/** Who has come, and who has gone, since a proposal was made. */
export function changesSince<T extends { participantId: ParticipantId; name: string }>(
  before: readonly T[],
  now: readonly T[],
): { came: string[]; left: string[] } {
  const lacking = (some: readonly T[], among: readonly T[]) => {
    const ids = new Set(among.map(({ participantId }) => participantId));
    return some.filter(({ participantId }) => !ids.has(participantId)).map(({ name }) => name);
  };
  return { came: lacking(now, before), left: lacking(before, now) };
}
