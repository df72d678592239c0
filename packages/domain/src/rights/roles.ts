import type { MeetingState, ParticipantId } from '@relais/protocol';
import { isFacilitator } from '../breakout/place.ts';

/**
 * Who somebody is to what they ask for [RIGHTS-1]. Of the site: `administrator`. Of one community,
 * and to that one alone: `coordinator`, `animator`, `member`; to all others they are `person`: anybody who is signed in. Of a meeting: `facilitator`, who runs
 * it, by its key or because it was given to them; `participant`, who holds a seat; `guest`, who holds one for this meeting
 * alone; `waiting`, who is at its door. `nobody`: anybody else.
 */
export const ROLES = [
  'administrator',
  'coordinator',
  'animator',
  'member',
  'person',
  'facilitator',
  'participant',
  'guest',
  'waiting',
  'nobody',
] as const;
export type Role = (typeof ROLES)[number];

/** Of somebody who is in the meeting. */
export function roleIn(meeting: MeetingState, participantId: ParticipantId): Role {
  if (isFacilitator(meeting, participantId)) return 'facilitator';
  const seat = meeting.participants.find((one) => one.participantId === participantId);
  return seat?.guest ? 'guest' : 'participant';
}
