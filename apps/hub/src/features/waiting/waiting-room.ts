import { randomUUID } from 'node:crypto';
import { entryOf, isFacilitator } from '@relais/domain';
import { fail, ok, type Result } from '@relais/kit';
import type { AnswerValue, MeetingId, ParticipantId, Refusal, Request } from '@relais/protocol';
import type { Logger } from 'pino';
import type { Accounts, KnownAccount } from '../../ports/accounts.ts';
import type { Unavailable } from '../../ports/people-store.ts';
import type { Connection, Session } from '../../socket/connection.ts';
import type { EntryService } from '../entry/entry.service.ts';
import type { LiveMeeting } from '../meeting/live-meeting.ts';
import type { MeetingRegistry } from '../meeting/meeting-registry.ts';
import type { SeatTokens } from '../meeting/seat-token.ts';
import type { Neighbours } from '../presence/neighbours.ts';
import { WaitersElsewhere } from './waiters-elsewhere.ts';

export interface WaitingRoomDeps {
  registry: MeetingRegistry;
  tokens: SeatTokens;
  accounts: Accounts;
  entry: EntryService;
  neighbours: Neighbours;
  now: () => number;
  logger: Logger;
}

/** A place is kept this long for somebody whose line is cut, or whose hub has died [WAIT-6]. */
const HELD_MS = 60_000;
/** A page that is closed may be one that is loaded anew: its place is kept this long. */
const CLOSED_PAGE_MS = 10_000;
/** Looks, one a second, between two tellings of who waits here: the others take ten of them for silence. */
const LOOKS_PER_TELLING = 5;

type Wait = Request<'door:wait'>;
type Waits = AnswerValue<'door:wait'>;

interface Asking {
  connection: Connection;
  /** The session that the socket has meanwhile. */
  joining: Session;
  request: Wait;
  account: Result<KnownAccount | undefined, Unavailable>;
}

/** [WAIT-1] to [WAIT-8] Who waits before the meetings of this hub: that they wait is in the log, their lines are here. */
export class WaitingRoom {
  readonly #deps: WaitingRoomDeps;
  readonly #elsewhere = new WaitersElsewhere();
  /** Meetings before which somebody waits by way of this hub. */
  readonly #meetings = new Set<LiveMeeting>();
  #looks = 0;
  #closed = false;

  constructor(deps: WaitingRoomDeps) {
    this.#deps = deps;
  }

  /** Asks to be let in, or comes back to one's place. */
  async wait(connection: Connection, request: Wait): Promise<Result<Waits, Refusal>> {
    if (connection.session.kind !== 'outside') return fail({ kind: 'alreadyJoined' });
    const joining: Session = { kind: 'joining' };
    connection.session = joining;
    try {
      const account = await this.#deps.accounts.cameWith(connection.handshake);
      const asked = { connection, joining, request, account };
      return await this.#deps.registry.within(request.code, (meeting) => this.#announce(meeting, asked));
    } finally {
      // Refused, let in already, or a defect: the socket may ask again, or join.
      if (connection.session === joining) connection.session = { kind: 'outside' };
    }
  }

  /** The socket closed: `onPurpose` when the page did, which may be for loading it anew. */
  disconnected(connection: Connection, onPurpose: boolean): void {
    const { session } = connection;
    if (session.kind !== 'waiting') return;
    connection.session = { kind: 'gone' };
    const waiter = this.#deps.registry.get(session.meetingId)?.waiters.get(session.participantId);
    if (waiter?.connection !== connection) return;
    waiter.connection = undefined;
    waiter.endsAt = this.#deps.now() + (onPurpose ? CLOSED_PAGE_MS : HELD_MS);
  }

  /** They said that they wait no more. */
  async stop(connection: Connection): Promise<Result<Record<string, never>, Refusal>> {
    const { session } = connection;
    if (session.kind !== 'waiting') return fail({ kind: 'notJoined' });
    const meeting = this.#deps.registry.get(session.meetingId);
    connection.session = { kind: 'outside' };
    const waiter = meeting?.waiters.get(session.participantId);
    if (waiter) waiter.connection = undefined;
    if (meeting) await this.#end(meeting, [session.participantId]);
    return ok({});
  }

  /** [WAIT-4] [WAIT-5] The log has gone on: who waits here is told what became of them. */
  happened(meeting: LiveMeeting): void {
    for (const [participantId, { connection }] of [...meeting.waiters]) {
      const entry = entryOf(meeting.state, participantId);
      if (entry.entry === 'waiting') continue;
      meeting.waiters.delete(participantId);
      if (!connection) continue;
      connection.session = { kind: 'outside' };
      connection.tell('waitingTold', entry);
    }
  }

  /** Another hub says who waits by way of it. */
  heard(meetingId: MeetingId, participantIds: readonly ParticipantId[]): void {
    this.#elsewhere.heard(meetingId, participantIds, this.#deps.now());
    const waiters = this.#deps.registry.get(meetingId)?.waiters;
    for (const participantId of participantIds) {
      if (waiters?.get(participantId)?.connection === undefined) waiters?.delete(participantId);
    }
  }

  /** Once a second: whose place nobody has taken up again gives it up, and whether somebody runs the meeting is told. */
  look(): void {
    if (this.#closed) return;
    for (const meeting of this.#deps.registry.all()) this.#giveUpPlaces(meeting);
    for (const meeting of [...this.#meetings]) this.#tellAnimated(meeting);
    this.#looks += 1;
    if (this.#looks % LOOKS_PER_TELLING === 0)
      for (const meeting of this.#meetings) this.#tellOthers(meeting);
    for (const meeting of [...this.#meetings]) {
      if (meeting.waiters.size > 0) continue;
      this.#meetings.delete(meeting);
      this.#deps.registry.releaseIfEmpty(meeting);
    }
    this.#elsewhere.keepOnly((id) => this.#deps.registry.get(id));
  }

  close(): void {
    this.#closed = true;
  }

  async #announce(
    meeting: LiveMeeting,
    { connection, joining, request, account }: Asking,
  ): Promise<Result<Waits, Refusal>> {
    const { tokens, now, entry: entrance } = this.#deps;
    const { seat, name, formerSeats, guestToken, again } = request;
    if (seat && !tokens.verify(meeting.id, seat.participantId, seat.token))
      return fail({ kind: 'seatUnknown' });
    const participantId = seat?.participantId ?? (randomUUID() as ParticipantId);
    // They may come from another hub, which has not been heard yet.
    if (seat) await meeting.aggregate.refresh();
    // [ENTRY-1] Who may not enter does not wait either; a link for guests has its place taken on entering alone.
    const entering = await entrance.mayEnter(meeting.state, { participantId, account, guestToken });
    if (!entering.ok) return entering;
    await entering.value.giveBack();
    const waits = await meeting.aggregate.execute({
      type: 'wait',
      participantId,
      name,
      ...(entering.value.isGuest && { guest: true }),
      ...(account.ok && account.value),
      formerSeats,
      again,
      at: now(),
    });
    if (!waits.ok) return waits;
    const entry = entryOf(meeting.state, participantId);
    const own = seat ?? { participantId, token: tokens.sign(meeting.id, participantId) };
    if (entry.entry === 'waiting') this.#place(meeting, participantId, connection, joining);
    return ok({
      seat: own,
      entry: entry.entry === 'waiting' ? 'waiting' : 'admitted',
      waitedMs: entry.entry === 'waiting' ? Math.max(0, now() - entry.since) : 0,
      isAnimated: isAnimated(meeting),
    });
  }

  /** One place is one socket: a newer one displaces the older. */
  #place(meeting: LiveMeeting, participantId: ParticipantId, connection: Connection, joining: Session): void {
    this.#meetings.add(meeting);
    // The socket may have closed while the log was written: nobody will say so any more.
    if (connection.session !== joining) {
      const endsAt = this.#deps.now() + HELD_MS;
      meeting.waiters.set(participantId, { connection: undefined, endsAt, isAnimated: false });
      return;
    }
    const older = meeting.waiters.get(participantId)?.connection;
    if (older && older !== connection) {
      older.session = { kind: 'gone' };
      older.tell('seatTakenOver', {});
      older.disconnect();
    }
    const waiter = { connection, endsAt: undefined, isAnimated: isAnimated(meeting) };
    meeting.waiters.set(participantId, waiter);
    connection.session = { kind: 'waiting', meetingId: meeting.id, participantId };
    this.#tellOthers(meeting);
  }

  #giveUpPlaces(meeting: LiveMeeting): void {
    const { now, neighbours } = this.#deps;
    const at = now();
    const due = (meeting.state.door?.waitingRoom?.waiting ?? []).flatMap(({ participantId }) => {
      const own = meeting.waiters.get(participantId);
      if (own?.connection) return [];
      if (own?.endsAt !== undefined) return own.endsAt <= at ? [participantId] : [];
      const silentFor = at - this.#elsewhere.heardAt(meeting.id, participantId, at);
      return silentFor > HELD_MS ? [participantId] : [];
    });
    // They may be on another hub by now, of which nothing is heard.
    if (due.length === 0 || !neighbours.hearsAll) return;
    this.#end(meeting, due).catch((error: unknown) => {
      this.#deps.logger.error({ err: error, meetingId: meeting.id }, 'giving a place at the door up failed');
    });
  }

  /** While the log is away the place stays, and is given up with the next look. */
  async #end(meeting: LiveMeeting, participantIds: ParticipantId[]): Promise<void> {
    const command = { type: 'stopWaiting', participantIds, at: this.#deps.now() } as const;
    const done = await meeting.aggregate.execute(command, () => this.#areGone(meeting, participantIds));
    if (done.ok) return;
    for (const participantId of participantIds) {
      const waiter = meeting.waiters.get(participantId);
      if (waiter)
        meeting.waiters.set(participantId, { ...waiter, connection: undefined, endsAt: command.at });
    }
  }

  /** Somebody may have come back to their place while the log was busy. */
  #areGone(meeting: LiveMeeting, participantIds: readonly ParticipantId[]): boolean {
    return participantIds.every((id) => {
      const session = meeting.waiters.get(id)?.connection?.session;
      return session?.kind !== 'waiting';
    });
  }

  #tellAnimated(meeting: LiveMeeting): void {
    const animated = isAnimated(meeting);
    for (const waiter of meeting.waiters.values()) {
      if (!waiter.connection || waiter.isAnimated === animated) continue;
      waiter.isAnimated = animated;
      waiter.connection.tell('waitingTold', { entry: 'waiting', isAnimated: animated });
    }
  }

  #tellOthers(meeting: LiveMeeting): void {
    const here = [...meeting.waiters].flatMap(([id, { connection }]) => (connection ? [id] : []));
    if (here.length > 0) this.#deps.neighbours.tellWaiters(meeting.id, here);
  }
}

/** [WAIT-2] Whether somebody who runs the meeting is there, on whichever hub; who is cut off is not. */
function isAnimated({ state, live }: LiveMeeting): boolean {
  return state.participants.some(
    ({ participantId }) => live[participantId]?.connected && isFacilitator(state, participantId),
  );
}
