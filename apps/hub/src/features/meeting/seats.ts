import { backoff, ok, type Result } from '@relais/kit';
import type { ParticipantId, Refusal } from '@relais/protocol';
import type { Logger } from 'pino';
import type { Connection } from '../../socket/connection.ts';
import type { LiveMeeting, Occupant } from './live-meeting.ts';

export interface SeatsDeps {
  /** Milliseconds that a seat is held for somebody whose network was cut [LEAVE-3]. */
  graceMs: number;
  now: () => number;
  logger: Logger;
  /** Ends what the occupant has on the media node. */
  closeMedia: (meeting: LiveMeeting, occupant: Occupant) => void;
  /** Somebody's leaving is in the log: the meeting may be empty now. */
  onLeft: (meeting: LiveMeeting) => void;
}

/** Who sits where: taking a seat, losing the network, coming back, giving it up. */
export class Seats {
  readonly #deps: SeatsDeps;
  #closed = false;

  constructor(deps: SeatsDeps) {
    this.#deps = deps;
  }

  /** [JOIN-6] Seats a connection, in the place of an older one of the same seat if there is one. */
  occupy(meeting: LiveMeeting, participantId: ParticipantId, connection: Connection): Occupant {
    const occupant = meeting.occupants.get(participantId) ?? this.#newOccupant(meeting, participantId);
    meeting.leaving.delete(participantId);
    clearTimeout(occupant.graceTimer);
    occupant.graceTimer = undefined;
    const older = occupant.connection;
    if (older && older !== connection) this.#displace(meeting, older);
    occupant.connection = connection;
    connection.session = { kind: 'joined', meetingId: meeting.id, participantId };
    connection.enter(meeting.id);
    if (!meeting.live[participantId]?.connected) {
      meeting.change({ type: 'connectionChanged', participantId, connected: true });
    }
    return occupant;
  }

  /** [LEAVE-1] */
  async giveUp(
    meeting: LiveMeeting,
    occupant: Occupant,
    reason: 'left' | 'graceExpired',
  ): Promise<Result<void, Refusal>> {
    const { participantId } = occupant;
    clearTimeout(occupant.graceTimer);
    if (meeting.occupants.get(participantId) !== occupant) return ok(undefined);
    meeting.occupants.delete(participantId);
    meeting.leaving.add(participantId);
    occupant.connection?.exit(meeting.id);
    occupant.connection = undefined;
    this.#deps.closeMedia(meeting, occupant);
    if (meeting.live[participantId]?.connected) {
      meeting.change({ type: 'connectionChanged', participantId, connected: false });
    }
    this.#deps.logger.info({ meetingId: meeting.id, participantId, reason }, 'participant left');
    return this.#recordLeaving(meeting, participantId, reason, 0);
  }

  /** The socket closed before its joining was answered: a new seat is nobody's, one's own is held. */
  abandon(meeting: LiveMeeting, participantId: ParticipantId, isKnown: boolean): void {
    if (meeting.occupants.get(participantId)?.connection) return;
    const occupant = meeting.occupants.get(participantId) ?? this.#newOccupant(meeting, participantId);
    if (isKnown) this.#startGrace(meeting, occupant);
    else this.#giveUpUnattended(meeting, occupant, 'left');
  }

  /** Somebody with this seat's token is on the way in: a leaving that waits for the log is off. */
  claim(meeting: LiveMeeting, participantId: ParticipantId): void {
    meeting.leaving.delete(participantId);
  }

  /** [LEAVE-1] The tab was closed, or said so. */
  leave(meeting: LiveMeeting, occupant: Occupant): void {
    this.#giveUpUnattended(meeting, occupant, 'left');
  }

  /** [LEAVE-3] The socket fell: the seat is held, and others are told. */
  hold(meeting: LiveMeeting, occupant: Occupant): void {
    const { participantId } = occupant;
    occupant.connection = undefined;
    if (meeting.live[participantId]?.connected) {
      meeting.change({ type: 'connectionChanged', participantId, connected: false });
    }
    this.#deps.logger.info({ meetingId: meeting.id, participantId }, 'participant cut off');
    this.#startGrace(meeting, occupant);
  }

  /** [LEAVE-4] Seats that the log holds and that nobody occupies since this hub has the meeting. */
  holdUnoccupied(meeting: LiveMeeting): void {
    for (const { participantId } of meeting.state.participants) {
      if (meeting.occupants.has(participantId) || meeting.leaving.has(participantId)) continue;
      this.#startGrace(meeting, this.#newOccupant(meeting, participantId));
    }
  }

  /** Stops every timer: seats stay in the log as they are, for the next run of the hub. */
  close(meetings: Iterable<LiveMeeting>): void {
    this.#closed = true;
    for (const meeting of meetings) {
      for (const occupant of meeting.occupants.values()) clearTimeout(occupant.graceTimer);
    }
  }

  /** Nobody waits for the outcome: a defect goes to the log instead. */
  #giveUpUnattended(meeting: LiveMeeting, occupant: Occupant, reason: 'left' | 'graceExpired'): void {
    this.giveUp(meeting, occupant, reason).catch((error: unknown) => {
      this.#deps.logger.error({ err: error, meetingId: meeting.id }, 'giving a seat up failed');
    });
  }

  #newOccupant(meeting: LiveMeeting, participantId: ParticipantId): Occupant {
    const occupant: Occupant = {
      participantId,
      connection: undefined,
      peerId: undefined,
      graceTimer: undefined,
    };
    meeting.occupants.set(participantId, occupant);
    return occupant;
  }

  #displace(meeting: LiveMeeting, older: Connection): void {
    older.exit(meeting.id);
    older.session = { kind: 'gone' };
    older.tell('seatTakenOver', {});
    older.disconnect();
  }

  #startGrace(meeting: LiveMeeting, occupant: Occupant): void {
    if (this.#closed) return;
    clearTimeout(occupant.graceTimer);
    occupant.graceTimer = setTimeout(() => {
      this.#giveUpUnattended(meeting, occupant, 'graceExpired');
    }, this.#deps.graceMs);
    occupant.graceTimer.unref();
  }

  /** The log may be away just then: the leaving is recorded when it is back, unless they came back before. */
  async #recordLeaving(
    meeting: LiveMeeting,
    participantId: ParticipantId,
    reason: 'left' | 'graceExpired',
    attempt: number,
  ): Promise<Result<void, Refusal>> {
    const isLeaving = () => meeting.leaving.has(participantId);
    const command = { type: 'leave', participantId, reason, at: this.#deps.now() } as const;
    const result = await meeting.aggregate.execute(command, isLeaving);
    if (result.ok) {
      meeting.leaving.delete(participantId);
      this.#deps.onLeft(meeting);
    } else if (!this.#closed) {
      setTimeout(
        () => {
          if (!isLeaving() || this.#closed) return;
          this.#recordLeaving(meeting, participantId, reason, attempt + 1).catch((error: unknown) => {
            this.#deps.logger.error({ err: error, meetingId: meeting.id }, 'recording a leaving failed');
          });
        },
        backoff(attempt, Math.random()),
      ).unref();
    }
    return result;
  }
}
