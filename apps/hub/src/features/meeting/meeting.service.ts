import { randomUUID } from 'node:crypto';
import { seatOf, viewFor } from '@relais/domain';
import { fail, ok, type Result } from '@relais/kit';
import {
  PROTOCOL_VERSION,
  type AnswerValue,
  type MeetingCode,
  type MeetingRole,
  type ParticipantId,
  type PeerMedia,
  type Refusal,
  type Request,
  type Seat,
} from '@relais/protocol';
import type { Logger } from 'pino';
import type { Accounts } from '../../ports/accounts.ts';
import type { Connection, Session } from '../../socket/connection.ts';
import type { EntryService } from '../entry/entry.service.ts';
import type { MediaService } from '../media/media.service.ts';
import { LOG_AWAY } from './aggregate.ts';
import type { FacilitatorKeys } from './facilitator-key.ts';
import type { LiveMeeting, Occupant } from './live-meeting.ts';
import type { MeetingRegistry } from './meeting-registry.ts';
import type { SeatTokens } from './seat-token.ts';
import type { Seats } from './seats.ts';

export interface MeetingServiceDeps {
  registry: MeetingRegistry;
  seats: Seats;
  tokens: SeatTokens;
  facilitatorKeys: FacilitatorKeys;
  accounts: Accounts;
  entry: Pick<EntryService, 'mayEnter'>;
  telephone: string | undefined;
  media: MediaService;
  now: () => number;
  logger: Logger;
}

type Join = Request<'meeting:join'>;
type Joined = AnswerValue<'meeting:join'>;

/** Somebody who is about to sit down. */
interface Joining {
  connection: Connection;
  /** The session that the socket has meanwhile. */
  joining: Session;
  meeting: LiveMeeting;
  request: Join;
  account: Awaited<ReturnType<Accounts['cameWith']>>;
}

/** Taking, resuming and leaving a seat. */
export class MeetingService {
  readonly #deps: MeetingServiceDeps;

  constructor(deps: MeetingServiceDeps) {
    this.#deps = deps;
  }

  /** One round trip [MEDIA-6]: the seat, the meeting, and media with its first consumers. */
  async join(connection: Connection, request: Join): Promise<Result<Joined, Refusal>> {
    if (connection.session.kind !== 'outside') return fail({ kind: 'alreadyJoined' });
    if (request.protocolVersion !== PROTOCOL_VERSION) {
      return fail({ kind: 'protocolMismatch', serverVersion: PROTOCOL_VERSION });
    }
    const joining: Session = { kind: 'joining' };
    connection.session = joining;
    try {
      // Without an account one comes in as well: nobody is kept out because accounts cannot be looked for [ACCOUNT-1].
      const account = await this.#deps.accounts.cameWith(connection.handshake);
      return await this.#deps.registry.within(request.code, (meeting) =>
        this.#seat({
          connection,
          joining,
          meeting,
          request,
          account,
        }),
      );
    } finally {
      // Refused, or a defect: the socket may try again.
      if (connection.session === joining) connection.session = { kind: 'outside' };
    }
  }

  async #seat({ connection, joining, meeting, request, account }: Joining): Promise<Result<Joined, Refusal>> {
    const participantId = this.#claimedSeat(meeting, request);
    if (!participantId.ok) return participantId;
    // Another hub may have given them the seat that they come back to, without this one having heard of it.
    if (request.seat && !seatOf(meeting.state, participantId.value)) await meeting.aggregate.refresh();
    const role = this.#roleOf(meeting, request);
    const asked = { participantId: participantId.value, ...role, account, guestToken: request.guestToken };
    const entering = await this.#deps.entry.mayEnter(meeting.state, asked);
    if (!entering.ok) return entering;
    this.#deps.seats.claim(meeting, participantId.value);
    const wasOvertaken = this.#deps.seats.watchClaim(meeting, participantId.value);
    if (mayKnowMore(meeting, participantId.value, request)) await meeting.aggregate.refresh();
    const taken = await meeting.aggregate.execute({
      type: 'join',
      participantId: participantId.value,
      name: request.name,
      ...role,
      ...(entering.value.isGuest && { guest: true }),
      ...(account.ok && account.value),
      formerSeats: request.formerSeats,
      at: this.#deps.now(),
    });
    if (!taken.ok) {
      // Of what the log may have taken all the same the seat is theirs: they come back to it.
      if (taken.error.kind !== 'unavailable') await entering.value.giveBack();
      // If the log holds the seat, nobody sits in it now: it is held like any other.
      this.#deps.seats.holdUnoccupied(meeting);
      return taken;
    }
    // The socket may have closed while the log was written: nobody will say so any more.
    if (connection.session !== joining) {
      this.#deps.seats.abandon(meeting, participantId.value, request.seat !== undefined);
      return fail({ kind: 'notJoined' });
    }
    // A browser that is still there tries again; a line that nobody holds any more displaces nobody.
    if (wasOvertaken()) return fail(LOG_AWAY);
    const occupant = this.#deps.seats.occupy(meeting, participantId.value, connection);
    this.#deps.logger.info(
      { meetingId: meeting.id, participantId: participantId.value },
      'participant joined',
    );
    const media = await this.#mediaFor(meeting, occupant, request);
    return ok(this.#answer(meeting, participantId.value, request.sinceVersion, media));
  }

  /** [ROLE-1] */
  #roleOf(meeting: LiveMeeting, { facilitatorKey: key }: Join): { role?: MeetingRole } {
    return key !== undefined && this.#deps.facilitatorKeys.verify(meeting.id, key)
      ? { role: 'facilitator' }
      : {};
  }

  /** [JOIN-1] [JOIN-5] */
  #claimedSeat(meeting: LiveMeeting, { seat }: Join): Result<ParticipantId, Refusal> {
    if (!seat) return ok(randomUUID() as ParticipantId);
    if (this.#deps.tokens.verify(meeting.id, seat.participantId, seat.token)) return ok(seat.participantId);
    return fail({ kind: 'seatUnknown' });
  }

  /** Transports that still stand are left alone; a media node that is away does not keep anybody out. */
  async #mediaFor(
    meeting: LiveMeeting,
    occupant: Occupant,
    { media, keepPeerId }: Join,
  ): Promise<{ opened: PeerMedia | undefined; unavailable: boolean }> {
    // Another hub may have given the seat up, and closed its media, before it heard of them.
    const mayKeep = keepPeerId !== undefined && occupant.media?.peerId === keepPeerId;
    if (mayKeep && (await this.#deps.media.stands(meeting, occupant))) {
      await this.#deps.media.keepToRoom(meeting, occupant);
      this.#deps.media.recallDemand([{ meeting, occupant }]).catch((error: unknown) => {
        this.#deps.logger.error({ err: error }, 'what is taken of somebody could not be told');
      });
      return { opened: undefined, unavailable: false };
    }
    if (!media) return { opened: undefined, unavailable: keepPeerId !== undefined };
    const opened = await this.#deps.media.open(meeting, occupant, media);
    return { opened: opened.ok ? opened.value : undefined, unavailable: !opened.ok };
  }

  #answer(
    meeting: LiveMeeting,
    participantId: ParticipantId,
    sinceVersion: number | undefined,
    media: { opened: PeerMedia | undefined; unavailable: boolean },
  ): Joined {
    return {
      seat: { participantId, token: this.#deps.tokens.sign(meeting.id, participantId) },
      ...missed(meeting, participantId, sinceVersion, this.#deps.now()),
      ...(media.opened && { media: media.opened }),
      ...(this.#deps.telephone && { telephone: this.#deps.telephone }),
      seatHeldMs: this.#deps.seats.heldMs,
      mediaUnavailable: media.unavailable,
    };
  }

  catchUp(
    meeting: LiveMeeting,
    participantId: ParticipantId,
    sinceVersion: number,
  ): AnswerValue<'meeting:catchUp'> {
    return missed(meeting, participantId, sinceVersion, this.#deps.now());
  }

  async leave(connection: Connection, meeting: LiveMeeting, occupant: Occupant): Promise<void> {
    connection.session = { kind: 'outside' };
    await this.#deps.seats.giveUp(meeting, occupant, 'left');
  }

  /**
   * [LEAVE-5] Somebody whose socket is down tells otherwise that they have left. What the log cannot take now it is told later:
   * whoever left need not wait for it.
   */
  async leaveByToken(code: MeetingCode, seat: Seat): Promise<Result<Record<string, never>, Refusal>> {
    return this.#deps.registry.within(code, async (meeting) => {
      const { participantId, token } = seat;
      if (!this.#deps.tokens.verify(meeting.id, participantId, token)) return fail({ kind: 'seatUnknown' });
      const { connection } = meeting.occupants.get(participantId) ?? {};
      if (connection) connection.session = { kind: 'outside' };
      await this.#deps.seats.giveUp(meeting, this.#deps.seats.takeOver(meeting, participantId), 'left');
      return ok({});
    });
  }

  /** The socket closed: `onPurpose` when the tab said so, or was closed [LEAVE-1]; otherwise it fell [LEAVE-3]. */
  disconnected(connection: Connection, onPurpose: boolean): void {
    const { session } = connection;
    connection.session = { kind: 'gone' };
    if (session.kind !== 'joined') return;
    const meeting = this.#deps.registry.get(session.meetingId);
    const occupant = meeting?.occupants.get(session.participantId);
    if (!meeting || occupant?.connection !== connection) return;
    if (onPurpose) this.#deps.seats.leave(meeting, occupant);
    else this.#deps.seats.hold(meeting, occupant);
  }
}

/** They come from another hub, perhaps from one that died before it could tell what it had appended. */
function mayKnowMore(
  meeting: LiveMeeting,
  participantId: ParticipantId,
  { sinceVersion = 0 }: Join,
): boolean {
  if (sinceVersion > meeting.state.version) return true;
  return sinceVersion > 0 && !meeting.occupants.has(participantId);
}

/** What the browser of somebody that knows `sinceVersion` lacks of what they may know [BREAK-12], and the present. */
function missed(
  meeting: LiveMeeting,
  participantId: ParticipantId,
  sinceVersion: number | undefined,
  now: number,
): AnswerValue<'meeting:catchUp'> {
  const events =
    sinceVersion === undefined ? undefined : meeting.aggregate.since(sinceVersion, participantId);
  return {
    version: meeting.state.version,
    ...(events ? { events } : { meeting: viewFor(meeting.state, participantId) }),
    live: meeting.liveSnapshot,
    now,
  };
}
