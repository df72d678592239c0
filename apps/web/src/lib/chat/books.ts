import { isFacilitator, roomOf } from '@relais/domain';
import type { MeetingState, ParticipantId, Place, RoomId } from '@relais/protocol';
import { comeBack, EMPTY, follow, UNREAD_PAST, type Transcript } from './transcript.ts';

/** What this tab holds of one place, while one stays there. */
export interface Book {
  transcript: Transcript;
  /** The version at which one came there; 0: one was never elsewhere, or is shown all places. */
  stay: number;
  /** What was written there before, or since one left, has been asked for. */
  isAsked?: boolean;
}

/** The messages of the places that one knows of [BREAK-14]. */
export interface Books {
  here: Place;
  /** One is shown what is written in all places [BREAK-12]. */
  seesAll: boolean;
  byPlace: ReadonlyMap<Place, Book>;
  /** The versions up to which messages were looked at. */
  seen: ReadonlyMap<Place, number>;
  /** What rooms are called, also those that are closed. */
  names: ReadonlyMap<Place, string>;
}

export const NO_BOOKS: Books = {
  here: 'plenary',
  seesAll: false,
  byPlace: new Map(),
  seen: new Map(),
  names: new Map(),
};

const NO_BOOK: Book = { transcript: UNREAD_PAST, stay: 0 };
const SILENCE = { messages: [], messageCount: 0 };

export const bookOf = ({ byPlace }: Books, place: Place): Book => byPlace.get(place) ?? NO_BOOK;

/** After the meeting has changed. Who came somewhere finds there what is written from then on, and a past that is to be asked for. */
export function followMeeting(books: Books, meeting: MeetingState, self: ParticipantId | undefined): Books {
  const here = self ? roomOf(meeting, self) : 'plenary';
  const seesAll = self !== undefined && isFacilitator(meeting, self);
  const talk = meeting.breakout?.talk ?? {};
  const rooms = seesAll ? (Object.keys(talk) as RoomId[]) : [];
  const places = new Set<Place>(seesAll ? ['plenary', here, ...rooms] : [here]);
  const stay = (!seesAll && self && meeting.breakout?.stays[self]?.since) || 0;
  const byPlace = new Map(books.byPlace);
  const seen = new Map(books.seen);
  // Of what one leaves one is not told any more, and it may have gone on until then.
  if (here !== books.here) byPlace.set(books.here, { ...bookOf(books, books.here), isAsked: false });
  for (const place of places) {
    const known = byPlace.get(place);
    const isSame = known?.stay === stay;
    const fresh = place === 'plenary' && stay === 0 ? EMPTY : UNREAD_PAST;
    const start = known && stay > 0 ? comeBack(known.transcript) : fresh;
    const recent = place === 'plenary' ? meeting : (talk[place] ?? SILENCE);
    const transcript = follow(isSame ? known.transcript : start, recent);
    byPlace.set(place, { ...(isSame && known), transcript, stay });
    // What was written before one came is no news.
    if (!isSame && stay > 0) seen.set(place, stay);
  }
  return { here, seesAll, byPlace, seen, names: withNames(books.names, meeting) };
}

function withNames(names: Books['names'], { breakout }: MeetingState): Books['names'] {
  const fresh = breakout?.round?.rooms.filter(({ roomId, name }) => names.get(roomId) !== name) ?? [];
  if (fresh.length === 0) return names;
  return new Map([...names, ...fresh.map(({ roomId, name }) => [roomId, name] as const)]);
}

/** What is to be asked for of a place that is looked at: what was written before, or the last that was; undefined: nothing. */
export function lacking(books: Books, place: Place): 'past' | 'last' | undefined {
  const { isAsked, stay, transcript } = bookOf(books, place);
  if (isAsked) return undefined;
  if (transcript.hole !== undefined) return 'last';
  if (!books.seesAll && place !== books.here) return 'last';
  // In the plenary that one never left there is all, or a button for what is older.
  return place === 'plenary' && stay === 0 ? undefined : 'past';
}

export function putBook(books: Books, place: Place, book: Partial<Book>): Books {
  const byPlace = new Map(books.byPlace).set(place, { ...bookOf(books, place), ...book });
  return { ...books, byPlace };
}

/** All that is there has been looked at. */
export function lookedAt(books: Books, place: Place): Books {
  const last = bookOf(books, place).transcript.messages.at(-1)?.version;
  if (last === undefined || books.seen.get(place) === last) return books;
  return { ...books, seen: new Map(books.seen).set(place, last) };
}

/** Messages of others that were not looked at; `began`: the version of the meeting when one came to it. */
export function unreadIn(
  books: Books,
  place: Place,
  { self, began = Infinity }: { self: ParticipantId | undefined; began: number | undefined },
): number {
  const seen = books.seen.get(place) ?? began;
  const { messages } = bookOf(books, place).transcript;
  return messages.filter(({ version, participantId }) => version > seen && participantId !== self).length;
}
