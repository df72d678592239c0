import { isOver, mayReadRecord } from '@relais/domain/calendar';
import { fail, ok } from '@relais/kit';
import type { MeetingCode, Message, Place } from '@relais/protocol';
import type {
  MeetingRecord,
  RecordFileQuery,
  RecordMessage,
  RecordMessages,
  RecordNotes,
  RecordPerson,
} from '@relais/protocol/calendar';
import {
  RECORD_MESSAGES_PAGE,
  RECORD_NOTE_SHOWN,
  RECORD_NOTES_SHOWN,
  RECORD_PEOPLE_MAX,
} from '@relais/protocol/calendar-limits';
import type { MeetingLog } from '../../ports/meeting-log.ts';
import type { NoteStore } from '../../ports/note-store.ts';
import { NoteText } from '../notes/note-text.ts';
import type { CalendarAnswer } from './calendar.service.ts';
import type { Chronicle, Chronicles } from './chronicles.ts';
import type { MeetingAccess, Standing } from './meeting-access.ts';
import { recordText } from './record-text.ts';

export interface RecordServiceDeps {
  access: MeetingAccess;
  chronicles: Chronicles;
  log: Pick<MeetingLog, 'messagesAfter'>;
  notes: Pick<NoteStore, 'load' | 'list'>;
  now: () => number;
}

/** What somebody may read of a meeting that is over. */
interface Readable {
  standing: Standing;
  chronicle: Chronicle;
  /** Where messages are theirs to read. */
  places: readonly Place[] | 'all';
}

/** [CAL-8] What is left of a meeting: who was there, its notes and its messages. */
export class RecordService {
  readonly #deps: RecordServiceDeps;

  constructor(deps: RecordServiceDeps) {
    this.#deps = deps;
  }

  async read(personId: string, code: MeetingCode): CalendarAnswer<MeetingRecord> {
    const found = await this.#readable(personId, code);
    if (!found.ok) return found;
    const [notes, messages] = await Promise.all([this.#notes(found.value), this.#messages(found.value, 0)]);
    if (!notes.ok) return notes;
    if (!messages.ok) return messages;
    const people = peopleOf(found.value);
    return ok({
      people: people.slice(0, RECORD_PEOPLE_MAX),
      peopleCount: people.length,
      notes: shortened(notes.value),
      messages: messages.value,
    });
  }

  /** The page after a version. */
  async messages(personId: string, code: MeetingCode, after: number): CalendarAnswer<RecordMessages> {
    const found = await this.#readable(personId, code);
    return found.ok ? this.#messages(found.value, after) : found;
  }

  /** All of it as text, piece by piece. It throws where the database goes away: what is half is not taken for the whole. */
  async file(
    personId: string,
    code: MeetingCode,
    asked: RecordFileQuery,
  ): CalendarAnswer<AsyncGenerator<string>> {
    const found = await this.#readable(personId, code);
    if (!found.ok) return found;
    const notes = await this.#notes(found.value);
    if (!notes.ok) return notes;
    const { row } = found.value.standing;
    const people = peopleOf(found.value);
    const messages = () => this.#everyMessage(found.value);
    return ok(recordText({ row, people, notes: notes.value, messages }, asked));
  }

  async #readable(personId: string, code: MeetingCode): CalendarAnswer<Readable> {
    const { access, chronicles, now } = this.#deps;
    const read = await access.read(code, personId);
    if (!read.ok) return read;
    const standing = await access.withLog(read.value, personId);
    if (!standing.ok) return standing;
    const { row, rule, reader } = standing.value;
    if (!mayReadRecord(rule, reader)) return fail({ kind: 'notAllowed' });
    const chronicle = await chronicles.of(row.meetingId);
    if (!chronicle.ok) return chronicle;
    const endsAt = row.startsAt + row.minutes * 60_000;
    const isSomebodyIn = !reader.runs && chronicle.value.isAnybodyThere;
    if (!isOver(endsAt, now(), isSomebodyIn)) return fail({ kind: 'notOverYet' });
    const places = reader.runs ? 'all' : (['plenary', ...chronicle.value.roomsOf(personId)] as const);
    return ok({ standing: standing.value, chronicle: chronicle.value, places });
  }

  /** [NOTE-6] Rooms' notes are everybody's once the rooms are closed. */
  async #notes({ standing, chronicle }: Readable): CalendarAnswer<RecordNotes[]> {
    const { row, reader } = standing;
    const heads = await this.#deps.notes.list(row.meetingId);
    if (!heads.ok) return heads;
    const written = new Set<Place>(heads.value.filter(({ length }) => length > 0).map(({ place }) => place));
    const places: { place: Place; room: string | null; round: number | null }[] = [
      { place: 'plenary', room: null, round: null },
      ...[...chronicle.rooms].map(([place, { name, round }]) => ({ place, room: name, round })),
    ];
    const open: ReadonlySet<Place> = reader.runs ? new Set<Place>() : chronicle.openRooms;
    const notes: RecordNotes[] = [];
    for (const { place, room, round } of places) {
      if (!written.has(place) || open.has(place)) continue;
      const stored = await this.#deps.notes.load({ meetingId: row.meetingId, place }, 0);
      if (!stored.ok) return stored;
      const { state, updates } = stored.value;
      const note = new NoteText();
      note.load(state ? [state, ...updates] : updates);
      const text = note.toString();
      note.close();
      if (text.trim()) notes.push({ room, round, text, isCut: false });
    }
    return ok(notes);
  }

  async #messages({ standing, chronicle, places }: Readable, after: number): CalendarAnswer<RecordMessages> {
    const { meetingId } = standing.row;
    const read = await this.#deps.log.messagesAfter(meetingId, after, RECORD_MESSAGES_PAGE + 1, places);
    if (!read.ok) return read;
    const page = read.value.slice(0, RECORD_MESSAGES_PAGE);
    return ok({
      messages: page.map((message) => shown(message, chronicle)),
      after: read.value.length > page.length ? (page.at(-1)?.version ?? null) : null,
    });
  }

  async *#everyMessage(readable: Readable): AsyncGenerator<RecordMessage> {
    for (let after: number | null = 0; after !== null;) {
      const page: Awaited<CalendarAnswer<RecordMessages>> = await this.#messages(readable, after);
      if (!page.ok) throw new Error('the log went away while a record was written');
      yield* page.value.messages;
      after = page.value.after;
    }
  }
}

/** [CAL-8] When somebody came and left is for who runs the meeting. */
function peopleOf({ standing, chronicle }: Readable): RecordPerson[] {
  return chronicle.people().map(({ name, isGuest, ran, from, until }) => ({
    name,
    isGuest,
    ran,
    stay: standing.reader.runs ? { from, until } : null,
  }));
}

function shown({ version, name, text, at, to, announcement }: Message, { rooms }: Chronicle): RecordMessage {
  const [place] = to?.length === 1 ? to : [];
  const room = place === undefined || place === 'plenary' ? undefined : rooms.get(place);
  return { version, name, text, at, room: room?.name ?? null, isAnnouncement: announcement ?? false };
}

/** A page shows what is read on a page: the file has all of it. */
function shortened(notes: readonly RecordNotes[]): RecordNotes[] {
  let left = RECORD_NOTES_SHOWN;
  return notes.map((note) => {
    const most = Math.min(RECORD_NOTE_SHOWN, left);
    const text = note.text.length > most ? note.text.slice(0, most).toWellFormed() : note.text;
    left -= text.length;
    return { ...note, text, isCut: text.length < note.text.length };
  });
}
