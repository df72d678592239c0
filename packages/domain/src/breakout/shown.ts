import type { MeetingEvent, MeetingState, ParticipantId, Place, ShownEvent } from '@relais/protocol';
import { withoutAccount } from '../accounts.ts';
import { isFacilitator, roomOf } from './place.ts';
import { viewFor } from './view.ts';

/** Who is shown an event as it is; the others are shown less of it, or that something became true [BREAK-12]. */
export type Audience = 'all' | 'facilitators' | { places: readonly Place[] };

const VEILED = { type: 'veiled' } as const;

/** Those who run the meeting are of every audience. */
export function audienceOf(event: MeetingEvent, after: MeetingState): Audience {
  switch (event.type) {
    case 'breakoutPlanSaved':
    case 'breakoutPlanRemoved':
    case 'participantLabelled':
    case 'participantLetBack':
    case 'waitingBegan':
    case 'waitingEnded':
    case 'participantsAdmitted':
    case 'participantRefused':
    case 'nextRoundSet':
      return 'facilitators';
    case 'roomAsked':
    case 'askTaken':
    case 'askEnded':
      return { places: [event.roomId] };
    case 'messagePosted':
      // Before there were sub-groups everybody was in the plenary, and stays it while none runs.
      return !event.to && !after.breakout?.round ? 'all' : { places: event.to ?? ['plenary'] };
    default:
      return 'all';
  }
}

/** Whether everybody is shown the same of an event: then it is told to all at once, `withoutAccount`. */
export function isShownAlike(event: MeetingEvent, after: MeetingState): boolean {
  const isCut = event.type === 'breakoutOpened' || event.type === 'successorStepped' || isRemoval(event);
  return !isCut && audienceOf(event, after) === 'all';
}

type Left = Extract<MeetingEvent, { type: 'participantLeft' }>;

function isRemoval(event: MeetingEvent): event is Left & { reason: 'removed' } {
  return event.type === 'participantLeft' && event.reason === 'removed';
}

/** [BREAK-12] An event as one person is to be told of it; `after` is the whole meeting with it. */
export function shownTo(viewer: ParticipantId, event: MeetingEvent, after: MeetingState): ShownEvent {
  if (event.type === 'successorStepped' && event.participantId === viewer)
    return { type: 'viewRenewed', meeting: viewFor(after, viewer) };
  if (isFacilitator(after, viewer)) return withoutAccount(event);
  const audience = audienceOf(event, after);
  if (audience === 'facilitators') return VEILED;
  if (audience !== 'all' && !audience.places.includes(roomOf(after, viewer))) return VEILED;
  // [DOOR-3] To the others somebody who was removed has left, and nobody did that.
  if (isRemoval(event)) {
    const { by: _, ...left } = event;
    return { ...left, reason: 'left' };
  }
  if (event.type !== 'breakoutOpened') return withoutAccount(event);
  return { ...event, rooms: event.rooms.map(({ people: _, ...room }) => room) };
}

/**
 * [BREAK-14] Before which version somebody may read what was written in a place; undefined: nothing of it. Who is there reads
 * all of it, and in a room one may read what was written in the plenary before one left it.
 */
export function mayReadBefore(
  meeting: MeetingState,
  reader: ParticipantId,
  place: Place,
): number | undefined {
  const here = roomOf(meeting, reader);
  if (here === place || isFacilitator(meeting, reader)) return Infinity;
  return place === 'plenary' ? meeting.breakout?.stays[reader]?.plenaryUntil : undefined;
}
