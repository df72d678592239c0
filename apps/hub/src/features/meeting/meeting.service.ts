import { randomInt, randomUUID } from 'node:crypto';
import { fail, ok, type Result } from '@relais/kit';
import {
  CODE_LETTERS,
  PROTOCOL_VERSION,
  type AnswerValue,
  type MeetingCode,
  type MeetingId,
  type MeetingSummary,
  type ParticipantId,
  type PeerMedia,
  type Refusal,
  type Request,
} from '@relais/protocol';
import type { Logger } from 'pino';
import type { MeetingLog } from '../../ports/meeting-log.ts';
import type { Connection } from '../../socket/connection.ts';
import type { MediaService } from '../media/media.service.ts';
import type { LiveMeeting, Occupant } from './live-meeting.ts';
import type { MeetingRegistry } from './meeting-registry.ts';
import type { SeatTokens } from './seat-token.ts';
import type { Seats } from './seats.ts';

export interface MeetingServiceDeps {
  log: MeetingLog;
  registry: MeetingRegistry;
  seats: Seats;
  tokens: SeatTokens;
  media: MediaService;
  now: () => number;
  logger: Logger;
}

type Join = Request<'meeting:join'>;
type Joined = AnswerValue<'meeting:join'>;

const LOG_AWAY: Refusal = { kind: 'unavailable', what: 'log' };

/** Creating meetings, and taking, resuming and leaving a seat. */
export class MeetingService {
  readonly #deps: MeetingServiceDeps;

  constructor(deps: MeetingServiceDeps) {
    this.#deps = deps;
  }

  async create(title: string): Promise<Result<MeetingSummary, Refusal>> {
    // Two of 10 letters drawn from 23 meet once in 4e13: three tries are for a log that somebody filled.
    for (let attempt = 0; attempt < 3; attempt++) {
      const createdAt = this.#deps.now();
      const code = newCode();
      const meetingId = randomUUID() as MeetingId;
      const created = await this.#deps.log.create({
        type: 'meetingCreated',
        meetingId,
        code,
        title,
        at: createdAt,
      });
      if (created.ok) {
        this.#deps.logger.info({ meetingId, code }, 'meeting created');
        return ok({ code, title, createdAt });
      }
      if (created.error.kind === 'unavailable') break;
    }
    return fail(LOG_AWAY);
  }

  async find(code: MeetingCode): Promise<Result<MeetingSummary, Refusal>> {
    const head = await this.#deps.log.findByCode(code);
    if (!head.ok) return fail(LOG_AWAY);
    if (!head.value) return fail({ kind: 'meetingNotFound' });
    const { title, createdAt } = head.value;
    return ok({ code, title, createdAt });
  }

  /** One round trip [MEDIA-6]: the seat, the meeting, and media with its first consumers. */
  async join(connection: Connection, request: Join): Promise<Result<Joined, Refusal>> {
    if (connection.session.kind !== 'outside') return fail({ kind: 'alreadyJoined' });
    if (request.protocolVersion !== PROTOCOL_VERSION) {
      return fail({ kind: 'protocolMismatch', serverVersion: PROTOCOL_VERSION });
    }
    connection.session = { kind: 'joining' };
    try {
      return await this.#deps.registry.within(request.code, (meeting) =>
        this.#seat(connection, meeting, request),
      );
    } finally {
      // Refused, or a defect: the socket may try again.
      if (isJoining(connection)) connection.session = { kind: 'outside' };
    }
  }

  async #seat(connection: Connection, meeting: LiveMeeting, request: Join): Promise<Result<Joined, Refusal>> {
    const participantId = this.#claimedSeat(meeting, request);
    if (!participantId.ok) return participantId;
    const taken = await meeting.log.execute({
      type: 'join',
      participantId: participantId.value,
      name: request.name,
      at: this.#deps.now(),
    });
    if (!taken.ok) return taken;
    // The socket may have closed while the log was written: nobody will say so any more.
    const closed = !isJoining(connection);
    const occupant = this.#deps.seats.occupy(meeting, participantId.value, connection);
    if (closed) this.disconnected(connection, false);
    this.#deps.logger.info(
      { meetingId: meeting.id, participantId: participantId.value },
      'participant joined',
    );
    const media = await this.#mediaFor(meeting, occupant, request);
    return ok(this.#answer(meeting, participantId.value, request.sinceVersion, media));
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
    if (keepPeerId && occupant.peerId === keepPeerId) return { opened: undefined, unavailable: false };
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
      ...missed(meeting, sinceVersion),
      ...(media.opened && { media: media.opened }),
      mediaUnavailable: media.unavailable,
    };
  }

  catchUp(meeting: LiveMeeting, sinceVersion: number): AnswerValue<'meeting:catchUp'> {
    return missed(meeting, sinceVersion);
  }

  async leave(connection: Connection, meeting: LiveMeeting, occupant: Occupant): Promise<void> {
    connection.session = { kind: 'outside' };
    await this.#deps.seats.giveUp(meeting, occupant, 'left');
  }

  /** The socket closed: `onPurpose` when the tab said so, or was closed [LEAVE-1]; otherwise it fell [LEAVE-3]. */
  disconnected(connection: Connection, onPurpose: boolean): void {
    const { session } = connection;
    connection.session = { kind: 'gone' };
    if (session.kind !== 'joined') return;
    const meeting = this.#deps.registry.get(session.meetingId);
    const occupant = meeting?.occupants.get(session.participantId);
    if (!meeting || occupant?.connection !== connection) return;
    if (onPurpose) void this.#deps.seats.giveUp(meeting, occupant, 'left');
    else this.#deps.seats.hold(meeting, occupant);
  }
}

/** What a browser that knows `sinceVersion` lacks, and the present. */
function missed(meeting: LiveMeeting, sinceVersion: number | undefined): AnswerValue<'meeting:catchUp'> {
  const events = sinceVersion === undefined ? undefined : meeting.log.since(sinceVersion);
  return {
    version: meeting.state.version,
    ...(events ? { events } : { meeting: meeting.state }),
    live: meeting.liveSnapshot,
  };
}

/** Read again after an await: another task may have replaced the session since. */
function isJoining(connection: Connection): boolean {
  return connection.session.kind === 'joining';
}

function newCode(): MeetingCode {
  const letters = (count: number) =>
    Array.from({ length: count }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join('');
  return `${letters(3)}-${letters(4)}-${letters(3)}` as MeetingCode;
}
