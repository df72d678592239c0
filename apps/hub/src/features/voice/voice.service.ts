import { hasOpenRooms, may, roleIn, roomOf, seatOf, TO_ALL_MAX_MS } from '@relais/domain';
import { fail, ok, type Result } from '@relais/kit';
import type { MeetingState, ParticipantId, Refusal } from '@relais/protocol';
import type { Seated } from '../../socket/handlers.ts';
import type { LiveMeeting } from '../meeting/live-meeting.ts';

type Done = Result<Record<string, never>, Refusal>;

/** Speaking to all rooms at once, and raised hands: both of the present, and of whom this hub has. */
export class VoiceService {
  readonly #now: () => number;
  /** Ends what nobody ended, for each who speaks to all. */
  readonly #ends = new Map<string, NodeJS.Timeout>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** [VOICE-1] [VOICE-2] */
  speakToAll({ meeting, occupant: { participantId } }: Seated, on: boolean): Done {
    if (!on) {
      meeting.endSign(participantId, 'toAll');
      return ok({});
    }
    if (!may(roleIn(meeting.state, participantId), 'breakout:speakToAll'))
      return fail({ kind: 'notAllowed' });
    if (!hasOpenRooms(meeting.state)) return fail({ kind: 'notNow', why: 'noRound' });
    if (meeting.live[participantId]?.toAll) return ok({});
    this.#endAfter(meeting, participantId);
    meeting.change({ type: 'signChanged', participantId, sign: 'toAll', since: this.#now() });
    return ok({});
  }

  /** [HAND-1] Who has it up already keeps their place. */
  raise({ meeting, occupant: { participantId } }: Seated, up: boolean): Done {
    if (!up) meeting.endSign(participantId, 'hand');
    else if (!meeting.live[participantId]?.hand)
      meeting.change({ type: 'signChanged', participantId, sign: 'hand', since: this.#now() });
    return ok({});
  }

  /** [HAND-3] Wherever the person is: their own hub takes it down. */
  lower({ meeting, occupant }: Seated, participantId: ParticipantId): Done {
    if (!may(roleIn(meeting.state, occupant.participantId), 'hand:lower'))
      return fail({ kind: 'notAllowed' });
    if (!seatOf(meeting.state, participantId)) return fail({ kind: 'unknownParticipant', participantId });
    if (meeting.occupants.has(participantId)) meeting.endSign(participantId, 'hand');
    else meeting.askHandLowered(participantId);
    return ok({});
  }

  /** The log has gone on: without open rooms nobody speaks to all of them, and whose place is another has no hand up there. */
  happened(meeting: LiveMeeting, before: MeetingState): void {
    const { state } = meeting;
    if (state.breakout?.round === before.breakout?.round) return;
    const isOver = !hasOpenRooms(state);
    for (const participantId of [...meeting.occupants.keys()]) {
      if (isOver) meeting.endSign(participantId, 'toAll');
      if (roomOf(state, participantId) !== roomOf(before, participantId))
        meeting.endSign(participantId, 'hand'); // [HAND-5]
    }
  }

  /** They speak to all no more. */
  hushed(meeting: LiveMeeting, participantId: ParticipantId): void {
    const key = `${meeting.id}/${participantId}`;
    clearTimeout(this.#ends.get(key));
    this.#ends.delete(key);
  }

  close(): void {
    for (const timer of this.#ends.values()) clearTimeout(timer);
    this.#ends.clear();
  }

  #endAfter(meeting: LiveMeeting, participantId: ParticipantId): void {
    this.hushed(meeting, participantId);
    const timer = setTimeout(() => meeting.endSign(participantId, 'toAll'), TO_ALL_MAX_MS);
    timer.unref();
    this.#ends.set(`${meeting.id}/${participantId}`, timer);
  }
}
