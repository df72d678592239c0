import { backoff, ok, type Result } from '@relais/kit';
import { accountOf, seatOf } from '@relais/domain';
import type { ParticipantId, Refusal } from '@relais/protocol';
import type { Logger } from 'pino';
import type { Connection } from '../../socket/connection.ts';
import type { Neighbours } from '../presence/neighbours.ts';
import type { LiveMeeting, Occupant } from './live-meeting.ts';

export interface SeatsDeps {
  /** Milliseconds that a seat is held for somebody whose network was cut [LEAVE-3]. */
  graceMs: number;
  now: () => number;
  neighbours: Neighbours;
  logger: Logger;
  /** Ends what the occupant has on the media node. */
  closeMedia: (meeting: LiveMeeting, occupant: Occupant) => void;
  /** What the occupant had on a media node may be closed: it is to be opened again. */
  reopenMedia: (meeting: LiveMeeting, occupant: Occupant) => void;
  /** Somebody's leaving is in the log: the meeting may be empty now. */
  onLeft: (meeting: LiveMeeting) => void;
}

/** While this hub may not have heard the others, a seat whose grace is over is looked at again after this long. */
const LOOK_AGAIN_MS = 2000;

/** Who sits where: taking a seat, losing the network, coming back, giving it up. */
export class Seats {
  readonly #deps: SeatsDeps;
  #closed = false;

  constructor(deps: SeatsDeps) {
    this.#deps = deps;
  }

  get heldMs(): number {
    return this.#deps.graceMs;
  }

  /**
   * [JOIN-6] Seats a connection, in the place of an older one of the same seat if there is one, on this hub or on another
   * one. The media that they have open stays, on whichever node it is [PRES-1].
   */
  occupy(meeting: LiveMeeting, participantId: ParticipantId, connection: Connection): Occupant {
    const occupant = meeting.occupants.get(participantId) ?? this.#newOccupant(meeting, participantId);
    const elsewhere = this.#deps.neighbours.person(meeting.id, participantId);
    // Above whatever is known, and not below the time: of a hub that died before this one was started nothing is known.
    occupant.claim = Math.max(occupant.claim + 1, (elsewhere?.claim ?? 0) + 1, this.#deps.now());
    occupant.media ??= elsewhere?.media;
    occupant.untold.push(...(elsewhere?.untold ?? []));
    this.#deps.neighbours.forget(meeting.id, participantId);
    meeting.leaving.delete(participantId);
    clearTimeout(occupant.graceTimer);
    occupant.graceTimer = undefined;
    const older = occupant.connection;
    if (older && older !== connection) this.#displace(meeting, older);
    occupant.connection = connection;
    connection.session = { kind: 'joined', meetingId: meeting.id, participantId };
    connection.enter(meeting.id);
    for (const fact of occupant.untold.splice(0)) connection.tell('sendingClosed', fact);
    // [VOICE-2] The line that held the key is another one now.
    meeting.endSign(participantId, 'toAll');
    if (meeting.live[participantId]?.connected) meeting.tellNeighbours(participantId);
    else meeting.change({ type: 'connectionChanged', participantId, connected: true });
    return occupant;
  }

  /**
   * The seat with all that belongs to it, for who gives it up here: another hub may hold a dead socket for it, and would
   * take a leaving that it reads in the log for a mistake.
   */
  takeOver(meeting: LiveMeeting, participantId: ParticipantId): Occupant {
    const elsewhere = this.#deps.neighbours.person(meeting.id, participantId);
    const occupant = meeting.occupants.get(participantId) ?? this.#newOccupant(meeting, participantId);
    if (!elsewhere) return occupant;
    occupant.claim = Math.max(occupant.claim, elsewhere.claim + 1, this.#deps.now());
    occupant.media ??= elsewhere.media;
    this.#deps.neighbours.forget(meeting.id, participantId);
    meeting.tellNeighbours(participantId);
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
    meeting.leaving.add(participantId);
    this.#empty(meeting, occupant);
    this.#deps.logger.info({ meetingId: meeting.id, participantId, reason }, 'participant left');
    return this.#recordLeaving(meeting, participantId, reason, 0);
  }

  /** Nobody sits there any more: what hung on the seat goes. */
  #empty(meeting: LiveMeeting, occupant: Occupant): void {
    const { participantId } = occupant;
    clearTimeout(occupant.graceTimer);
    meeting.occupants.delete(participantId);
    occupant.connection?.exit(meeting.id);
    occupant.connection = undefined;
    this.#deps.closeMedia(meeting, occupant);
    meeting.endSign(participantId, 'hand');
    if (meeting.live[participantId]?.connected) {
      meeting.change({ type: 'connectionChanged', participantId, connected: false });
    }
    if (occupant.claim > 0) this.#deps.neighbours.tellGone(meeting.id, participantId);
  }

  /** The socket closed before its joining was answered: a new seat is nobody's, one's own is held. */
  abandon(meeting: LiveMeeting, participantId: ParticipantId, isKnown: boolean): void {
    if (meeting.occupants.get(participantId)?.connection) return;
    if (this.#claimElsewhere(meeting, participantId) > 0) return;
    const occupant = meeting.occupants.get(participantId) ?? this.#newOccupant(meeting, participantId);
    if (isKnown) this.#startGrace(meeting, occupant);
    else this.#giveUpUnattended(meeting, occupant, 'left');
  }

  /** [PRES-1] Another hub has the person now, with all that they had here: nothing of it is closed. */
  yield(meeting: LiveMeeting, participantId: ParticipantId): void {
    meeting.leaving.delete(participantId);
    const occupant = meeting.occupants.get(participantId);
    if (!occupant) return;
    clearTimeout(occupant.graceTimer);
    meeting.occupants.delete(participantId);
    if (occupant.connection) this.#displace(meeting, occupant.connection);
    this.#deps.onLeft(meeting);
  }

  /**
   * [DOOR-3] Who runs the meeting has removed these: their seat here ends with all that belongs to it, and the browser is told, the
   * last that it hears of the meeting.
   */
  remove(meeting: LiveMeeting, participantIds: readonly ParticipantId[]): void {
    for (const participantId of participantIds) {
      meeting.leaving.delete(participantId);
      const occupant = meeting.occupants.get(participantId);
      if (!occupant) continue;
      const { connection } = occupant;
      this.#empty(meeting, occupant);
      if (connection) {
        connection.session = { kind: 'gone' };
        connection.tell('removed', {});
        connection.disconnect();
      }
      this.#deps.logger.info({ meetingId: meeting.id, participantId }, 'participant removed');
      this.#deps.onLeft(meeting);
    }
  }

  /**
   * The log says that these have left. Who sits here all the same gets the seat back: the hub that gave it up had not
   * heard of them [PRES-3]. Who was only held here is no longer.
   */
  unseated(meeting: LiveMeeting, participantIds: readonly ParticipantId[]): void {
    for (const participantId of participantIds) {
      const occupant = meeting.occupants.get(participantId);
      if (occupant?.connection) {
        this.#deps.reopenMedia(meeting, occupant);
        this.#unattended(meeting, this.#restore(meeting, occupant));
      } else {
        if (occupant) this.#letGo(meeting, occupant);
        meeting.endSign(participantId, 'hand');
      }
      this.#forgetOrphan(meeting, participantId);
    }
  }

  /** [LIVE-4] Who had left already when their hub died, without its having been heard: nobody would ever say that they left. */
  forgetUnseated(meeting: LiveMeeting): void {
    for (const participantId of [...this.#deps.neighbours.of(meeting.id).keys()]) {
      if (!seatOf(meeting.state, participantId)) this.#forgetOrphan(meeting, participantId);
    }
  }

  /** Whose hub was gone, and who has now left, is not kept in mind for a next time. */
  #forgetOrphan(meeting: LiveMeeting, participantId: ParticipantId): void {
    const { neighbours } = this.#deps;
    if (!neighbours.person(meeting.id, participantId)?.isOrphan) return;
    neighbours.forget(meeting.id, participantId);
    if (!meeting.occupants.has(participantId)) meeting.neighbourChanged(participantId);
  }

  /** Somebody with this seat's token is on the way in: a leaving that waits for the log is off. */
  claim(meeting: LiveMeeting, participantId: ParticipantId): void {
    meeting.leaving.delete(participantId);
  }

  /**
   * Tells, when asked later, whether another hub has taken the seat since: of two joinings that waited for the log at the
   * same time, the one that was done first may well be the one that was begun last [PRES-1].
   */
  watchClaim(meeting: LiveMeeting, participantId: ParticipantId): () => boolean {
    const before = this.#claimElsewhere(meeting, participantId);
    return () => this.#claimElsewhere(meeting, participantId) > before;
  }

  /** 0 when no hub that is alive has them. */
  #claimElsewhere(meeting: LiveMeeting, participantId: ParticipantId): number {
    const elsewhere = this.#deps.neighbours.person(meeting.id, participantId);
    return elsewhere && !elsewhere.isOrphan ? elsewhere.claim : 0;
  }

  /** [LEAVE-1] The tab was closed, or said so. */
  leave(meeting: LiveMeeting, occupant: Occupant): void {
    this.#giveUpUnattended(meeting, occupant, 'left');
  }

  /** [LEAVE-3] The socket fell: the seat is held, and others are told. */
  hold(meeting: LiveMeeting, occupant: Occupant): void {
    const { participantId } = occupant;
    occupant.connection = undefined;
    // Whoever stops sends its people to other hubs, which have them back at once: nothing is to flicker.
    if (this.#closed) return;
    if (meeting.live[participantId]?.connected) {
      meeting.change({ type: 'connectionChanged', participantId, connected: false });
    }
    this.#deps.logger.info({ meetingId: meeting.id, participantId }, 'participant cut off');
    this.#startGrace(meeting, occupant);
  }

  /** [LEAVE-4] [PRES-2] Seats that the log holds and that nobody occupies, here or on another hub. */
  holdUnoccupied(meeting: LiveMeeting): void {
    for (const { participantId } of meeting.state.participants) {
      if (meeting.occupants.has(participantId) || meeting.leaving.has(participantId)) continue;
      const elsewhere = this.#deps.neighbours.person(meeting.id, participantId);
      if (elsewhere && !elsewhere.isOrphan) continue;
      const occupant = this.#newOccupant(meeting, participantId);
      occupant.media = elsewhere?.media;
      occupant.untold.push(...(elsewhere?.untold ?? []));
      this.#startGrace(meeting, occupant);
    }
  }

  /** Stops every timer: seats stay in the log as they are, for the other hubs, or for the next run of this one. */
  close(meetings: Iterable<LiveMeeting>): void {
    this.#closed = true;
    for (const meeting of meetings) {
      for (const occupant of meeting.occupants.values()) clearTimeout(occupant.graceTimer);
    }
  }

  #giveUpUnattended(meeting: LiveMeeting, occupant: Occupant, reason: 'left' | 'graceExpired'): void {
    this.#unattended(meeting, this.giveUp(meeting, occupant, reason));
  }

  /** Nobody waits for the outcome: a defect goes to the log instead. */
  #unattended(meeting: LiveMeeting, done: Promise<unknown>): void {
    done.catch((error: unknown) => {
      this.#deps.logger.error({ err: error, meetingId: meeting.id }, 'giving a seat up, or back, failed');
    });
  }

  async #restore(meeting: LiveMeeting, { participantId, name, role, personId }: Occupant): Promise<void> {
    const isHere = () => meeting.occupants.get(participantId)?.connection !== undefined;
    const command = {
      type: 'join',
      participantId,
      name,
      ...(role && { role }),
      personId,
      at: this.#deps.now(),
    } as const;
    const restored = await meeting.aggregate.execute(command, isHere);
    const { logger } = this.#deps;
    logger.warn({ meetingId: meeting.id, participantId, ok: restored.ok }, 'a seat was given back');
  }

  #letGo(meeting: LiveMeeting, occupant: Occupant): void {
    clearTimeout(occupant.graceTimer);
    meeting.occupants.delete(occupant.participantId);
    this.#deps.closeMedia(meeting, occupant);
    if (occupant.claim > 0) this.#deps.neighbours.tellGone(meeting.id, occupant.participantId);
    this.#deps.onLeft(meeting);
  }

  #newOccupant(meeting: LiveMeeting, participantId: ParticipantId): Occupant {
    const seat = seatOf(meeting.state, participantId);
    const occupant: Occupant = {
      participantId,
      name: seat?.name ?? '',
      role: seat?.role,
      personId: accountOf(meeting.state, participantId),
      claim: 0,
      connection: undefined,
      media: undefined,
      untold: [],
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

  #startGrace(meeting: LiveMeeting, occupant: Occupant, ms = this.#deps.graceMs): void {
    if (this.#closed) return;
    clearTimeout(occupant.graceTimer);
    occupant.graceTimer = setTimeout(() => {
      // They may be on another hub by now, of which nothing is heard.
      if (this.#deps.neighbours.hearsAll) this.#giveUpUnattended(meeting, occupant, 'graceExpired');
      else this.#startGrace(meeting, occupant, LOOK_AGAIN_MS);
    }, ms);
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
