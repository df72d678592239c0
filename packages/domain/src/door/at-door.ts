import type { MeetingRole, MeetingState, ParticipantId, PersonId, Refusal } from '@relais/protocol';
import { accountOf } from '../accounts.ts';

export interface Newcomer {
  participantId: ParticipantId;
  role?: MeetingRole | undefined;
  /** They come by a link for guests [GUEST-4]. */
  guest?: true | undefined;
  /** The account that they come with, as the hub knows it. */
  personId?: PersonId | undefined;
  /** Seats that their browser has held, as it says. */
  formerSeats?: readonly ParticipantId[] | undefined;
}

/** [WAIT-1] Whether somebody is a guest of the meeting: who comes by a link for guests, and whoever has no account. */
export function isGuest({ guest, personId }: Pick<Newcomer, 'guest' | 'personId'>): boolean {
  return guest === true || personId === undefined;
}

/**
 * [DOOR-1] [DOOR-4] [WAIT-1] Why somebody who holds no seat does not come in; undefined: they may. Who has the key always does, for
 * there has to be somebody who can open.
 */
export function refusedAtDoor(meeting: MeetingState, newcomer: Newcomer): Refusal | undefined {
  const { door } = meeting;
  if (!door || newcomer.role) return undefined;
  const { participantId, personId, formerSeats = [] } = newcomer;
  const hasTheirAccount = (id: ParticipantId) =>
    personId !== undefined && accountOf(meeting, id) === personId;
  const isOneOf = (ids: readonly ParticipantId[]) =>
    ids.some((id) => id === participantId || hasTheirAccount(id));
  const own = new Set([participantId, ...formerSeats]);
  const isRemoved = door.removed.some(
    (one) => own.has(one.participantId) || hasTheirAccount(one.participantId),
  );
  if (isRemoved) return { kind: 'removed' };
  if (door.locked) return isOneOf(door.inside) ? undefined : { kind: 'meetingLocked' };
  const room = door.waitingRoom;
  if (!room || (room.mode === 'guests' && !isGuest(newcomer))) return undefined;
  const isAdmitted = room.admitted.some((one) => one.participantId === participantId);
  return isAdmitted || isOneOf(room.known) ? undefined : { kind: 'mustWait' };
}

/** [WAIT-4] The name under which somebody was let in, and no other, is theirs on coming in. */
export function nameAtDoor({ door }: MeetingState, participantId: ParticipantId): string | undefined {
  return door?.waitingRoom?.admitted.find((one) => one.participantId === participantId)?.name;
}
