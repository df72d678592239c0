import type { KeptPlan, PlanId } from '@relais/protocol';
import type { Draft } from './draft.ts';

/** A draft as it was when it was asked to be kept. */
export interface Sent {
  keys: readonly number[];
  title: string;
  text: string;
}

export function sentOf(draft: Draft): Sent {
  return { keys: draft.rooms.map(({ key }) => key), title: draft.title, text: JSON.stringify(draft) };
}

/** Nothing was written since. */
export const isAsSent = (draft: Draft, { text }: Sent) => JSON.stringify(draft) === text;

/**
 * The draft is a change of what was kept, from now on. People write on while the answer is on its way, put rooms in another
 * order and add some: nothing of that is taken back, and each room is the one that it was.
 */
export function adopted(
  draft: Draft,
  sent: Sent,
  { planId, kept }: { planId: PlanId; kept: KeptPlan | undefined },
): Draft {
  const { basedOn: _, ...rest } = draft;
  const ids = new Map(sent.keys.map((key, i) => [key, kept?.rooms[i]?.roomId]));
  const title = draft.title === sent.title && kept ? kept.title : draft.title;
  const rooms = draft.rooms.map((room) => ({ ...room, roomId: ids.get(room.key) ?? room.roomId }));
  const version = kept?.version;
  return { ...rest, title, rooms, planId, ...(version !== undefined && { basedOn: version }) };
}
