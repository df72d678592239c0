import { may, mayReadNotes, mayWriteNotes, notedRounds, roleIn } from '@relais/domain';
import { fail, ok, type Result } from '@relais/kit';
import type { AnswerValue, NoteLine, Place, Refusal, Request, RequestName } from '@relais/protocol';
import type { Logger } from 'pino';
import type { NotesWritten } from '../../ports/hub-bus.ts';
import type { NoteHead, NoteStore } from '../../ports/note-store.ts';
import type { Connection } from '../../socket/connection.ts';
import type { Seated } from '../../socket/handlers.ts';
import { LOG_AWAY } from '../meeting/aggregate.ts';
import type { LiveMeeting, Occupant } from '../meeting/live-meeting.ts';
import type { Neighbours } from '../presence/neighbours.ts';
import { NoteDocuments, type StoredChange } from './note-documents.ts';
import { NoteGrants } from './note-grants.ts';
import { NoteLines } from './note-lines.ts';

export interface NotesServiceDeps {
  store: NoteStore;
  neighbours: Neighbours;
  /** Signs grants; the same on every hub. */
  secret: string;
  /** Milliseconds since 1970. */
  now: () => number;
  logger: Logger;
}

type Done<N extends RequestName> = Promise<Result<AnswerValue<N>, Refusal>>;

const NOT_YOURS: Refusal = { kind: 'notInYourRoom' };
/** A change that Yjs writes for nothing: the number alone says that there is more to ask for. */
const NOTHING_NEW = Uint8Array.of(0, 0);
/** Of the time that applying somebody's changes took, so many times as much passes before the next: one person has a tenth. */
const RESTS = 10;

/** Notes of places: who may read and write them, and who is told. */
export class NotesService {
  readonly #deps: NotesServiceDeps;
  readonly #documents: NoteDocuments;
  readonly #grants: NoteGrants;
  readonly #lines: NoteLines;
  /** Which notes a socket follows; it goes with the socket. */
  readonly #following = new WeakMap<Connection, Place>();
  readonly #restsUntil = new WeakMap<Occupant, number>();

  constructor(deps: NotesServiceDeps) {
    this.#deps = deps;
    this.#documents = new NoteDocuments(deps);
    this.#grants = new NoteGrants(deps.secret, deps.now);
    this.#lines = new NoteLines();
  }

  async open(seated: Seated, { place, stateVector }: Request<'notes:open'>): Done<'notes:open'> {
    const { meeting, occupant, connection } = seated;
    const { participantId } = occupant;
    if (!mayWriteNotes(meeting.state, participantId, place)) return fail(NOT_YOURS);
    // Before they are read: what is stored meanwhile is told, and known by its number.
    this.#following.set(connection, place);
    const read = await this.#documents.since({ meetingId: meeting.id, place }, stateVector);
    if (!read.ok) return read;
    if (!mayWriteNotes(meeting.state, participantId, place)) return fail(NOT_YOURS);
    const { update, seq } = read.value;
    // A copy, here and below: Socket.IO would send the whole memory that a view looks into.
    return ok({
      update: Uint8Array.from(update),
      seq,
      grant: this.#grants.give(meeting.id, participantId, place),
    });
  }

  async unfollow({ connection }: Seated): Done<'notes:close'> {
    this.#following.delete(connection);
    return ok({});
  }

  async write(seated: Seated, { place, update, grant }: Request<'notes:write'>): Done<'notes:write'> {
    const { meeting, occupant, connection } = seated;
    const { participantId } = occupant;
    const isTheirs = mayWriteNotes(meeting.state, participantId, place);
    // [NOTE-4] What was written before they were moved.
    const wasTheirs = grant && this.#grants.verify(meeting.id, participantId, place, grant);
    if (!isTheirs && !wasTheirs) return fail(NOT_YOURS);
    const wait = (this.#restsUntil.get(occupant) ?? 0) - performance.now();
    if (wait > 0) return fail({ kind: 'tooMany', retryAfterMs: Math.ceil(wait) });
    const written = await this.#documents.write(
      { meetingId: meeting.id, place },
      update,
      (change) => this.#tell(meeting, place, change, connection),
      (ms) => this.#restsUntil.set(occupant, performance.now() + ms * RESTS),
    );
    if (!written.ok) return written;
    return ok({
      seq: written.value.seq,
      ...(isTheirs && { grant: this.#grants.give(meeting.id, participantId, place) }),
    });
  }

  async read({ meeting, occupant }: Seated, { place }: Request<'notes:read'>): Done<'notes:read'> {
    const may = () => mayReadNotes(meeting.state, occupant.participantId, place);
    if (!may()) return fail(NOT_YOURS);
    const text = await this.#documents.text({ meetingId: meeting.id, place });
    if (!text.ok) return text;
    return may() ? ok({ text: text.value }) : fail(NOT_YOURS);
  }

  /** [NOTE-7] */
  async harvest({ meeting, occupant }: Seated): Done<'notes:harvest'> {
    const heads = await this.#heads(meeting);
    if (!heads.ok) return heads;
    const { state } = meeting;
    const of = (place: Place) => {
      const head = heads.value.get(place);
      return head && head.length > 0 ? { length: head.length, at: head.at } : { length: 0 };
    };
    const { participantId } = occupant;
    return ok({
      plenary: mayReadNotes(state, participantId, 'plenary') ? of('plenary') : { length: 0 },
      rounds: notedRounds(state, participantId).map((round) => ({
        ...round,
        rooms: round.rooms.map((room) => ({ ...room, ...of(room.roomId) })),
      })),
    });
  }

  /** [NOTE-8] */
  async watch(
    { meeting, occupant, connection }: Seated,
    { on }: Request<'notes:watch'>,
  ): Done<'notes:watch'> {
    if (!may(roleIn(meeting.state, occupant.participantId), 'notes:watch'))
      return fail({ kind: 'notAllowed' });
    this.#lines.watch(connection, on);
    if (!on) return ok({ lines: [] });
    const heads = await this.#heads(meeting);
    if (!heads.ok) return heads;
    const rooms = meeting.state.breakout?.round?.rooms ?? [];
    return ok({
      lines: rooms.flatMap(({ roomId }): NoteLine[] => {
        const head = heads.value.get(roomId);
        return head ? [{ place: roomId, line: head.lastLine, at: head.at }] : [];
      }),
    });
  }

  /** Another hub has stored a change. */
  heard(meeting: LiveMeeting, { place, seq, updateBase64, line, at }: NotesWritten): void {
    const update = Uint8Array.from(Buffer.from(updateBase64, 'base64'));
    this.#documents.hear({ meetingId: meeting.id, place }, seq, update);
    this.#tellHere(meeting, place, { seq, update, line: { place, line, at } });
  }

  /** Other hubs may have stored what this one was not told: whoever follows notes is told how far they go by now. */
  lookAgain(meeting: LiveMeeting): void {
    const places = new Set<Place>();
    for (const { connection } of meeting.occupants.values()) {
      const place = connection && this.#following.get(connection);
      if (place) places.add(place);
    }
    for (const place of places) {
      this.#look(meeting, place).catch((error: unknown) => {
        this.#deps.logger.error({ err: error, meetingId: meeting.id }, 'reading notes again failed');
      });
    }
  }

  release(meeting: LiveMeeting): void {
    this.#documents.release(meeting.id);
    this.#lines.release(meeting.id);
  }

  close(): void {
    this.#documents.close();
    this.#lines.close();
  }

  async #look(meeting: LiveMeeting, place: Place): Promise<void> {
    const found = await this.#documents.refresh({ meetingId: meeting.id, place });
    if (!found.ok || !found.value.isNews) return;
    this.#tellFollowers(meeting, place, { seq: found.value.seq, update: NOTHING_NEW });
  }

  async #heads(meeting: LiveMeeting): Promise<Result<Map<Place, NoteHead>, Refusal>> {
    const found = await this.#deps.store.list(meeting.id);
    if (!found.ok) return fail(LOG_AWAY);
    return ok(new Map(found.value.map((head) => [head.place, head])));
  }

  #tell(meeting: LiveMeeting, place: Place, change: StoredChange, writer: Connection): void {
    const { seq, update, line } = change;
    this.#tellHere(meeting, place, change, writer);
    this.#deps.neighbours.tellNotes({
      meetingId: meeting.id,
      place,
      seq,
      updateBase64: Buffer.from(update).toString('base64'),
      line: line.line,
      at: line.at,
    });
  }

  #tellHere(meeting: LiveMeeting, place: Place, change: StoredChange, writer?: Connection): void {
    this.#tellFollowers(meeting, place, change, writer);
    if (place !== 'plenary') this.#lines.changed(meeting, change.line);
  }

  /** [NOTE-3] Who follows these notes and may read them still; who wrote it knows by the answer. */
  #tellFollowers(
    meeting: LiveMeeting,
    place: Place,
    { seq, update }: Pick<StoredChange, 'seq' | 'update'>,
    writer?: Connection,
  ): void {
    for (const { connection, participantId } of meeting.occupants.values()) {
      if (!connection || connection === writer || this.#following.get(connection) !== place) continue;
      if (mayWriteNotes(meeting.state, participantId, place))
        connection.tell('notesChanged', { place, seq, update: Uint8Array.from(update) });
    }
  }
}
