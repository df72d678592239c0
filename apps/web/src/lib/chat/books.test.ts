import { describe, expect, it } from 'vitest';
import { evolve, viewFor } from '@relais/domain';
import type {
  ClientMessageId,
  MeetingEvent,
  MeetingState,
  ParticipantId,
  Place,
  RoomId,
  RoundId,
} from '@relais/protocol';
import { HISTORY_PAGE } from '@relais/protocol/limits';
import { withLast } from './transcript.ts';
import { newAnnouncements } from './announcements.ts';
import {
  bookOf,
  followMeeting,
  lacking,
  lookedAt,
  NO_BOOKS,
  putBook,
  unreadIn,
  type Books,
} from './books.ts';

const ana = 'ana' as ParticipantId;
const marc = 'marc' as ParticipantId;
const marie = 'marie' as ParticipantId;
const housing = 'housing' as RoomId;
const transport = 'transport' as RoomId;
const roundId = 'round' as RoundId;
const at = 1;

/** A meeting in which things become true, and the messages as one of its people holds them. */
function meetingOf(reader: ParticipantId) {
  let meeting: MeetingState | undefined;
  let books: Books = NO_BOOKS;
  let version = 0;
  const become = (event: MeetingEvent) => {
    version += 1;
    meeting = evolve(meeting, { version, event });
    const isSeated = meeting.participants.some(({ participantId }) => participantId === reader);
    if (isSeated) books = followMeeting(books, viewFor(meeting, reader), reader);
    return version;
  };
  become({ type: 'meetingCreated', meetingId: 'm', code: 'abc-defg-hij', title: 'M', at } as never);
  for (const participantId of [ana, marc]) become({ type: 'participantJoined', participantId, name: participantId, at });
  become({ type: 'participantJoined', participantId: marie, name: 'marie', role: 'facilitator', at });
  const began = version;
  return {
    began,
    become,
    write: (participantId: ParticipantId, text: string, to?: Place[]) =>
      become({
        type: 'messagePosted',
        participantId,
        name: participantId,
        clientMessageId: text as ClientMessageId,
        text,
        ...(to && { to }),
        at,
      }),
    open() {
      const rooms = [{ roomId: housing, name: 'Logement' }, { roomId: transport, name: 'Transport' }];
      const placements = { [ana]: housing, [marc]: housing };
      become({ type: 'breakoutOpened', roundId, rooms, placements, opensAt: 1, endsAt: null, late: 'own', mayChoose: true, by: marie, at });
      return become({ type: 'breakoutStarted', roundId, at });
    },
    move: (roomId: RoomId | null) =>
      become({ type: 'participantsMoved', roundId, moves: [{ participantId: ana, roomId }], by: ana, at }),
    end: () => become({ type: 'breakoutEnded', roundId, at }),
    look: (place: Place) => (books = lookedAt(books, place)),
    page: (place: Place) => (books = putBook(books, place, { isAsked: true, transcript: { ...bookOf(books, place).transcript, earlier: 0 } })),
    /** The newest page of a place, as the hub gives it. */
    fetch(place: Place) {
      const page = (meeting?.breakout?.talk[place as RoomId]?.messages ?? []).slice(-HISTORY_PAGE);
      books = putBook(books, place, { isAsked: true, transcript: withLast(bookOf(books, place).transcript, page, false) });
    },
    get books() {
      return books;
    },
    texts: (place: Place) => bookOf(books, place).transcript.messages.map(({ text }) => text),
    unread: (place: Place) => unreadIn(books, place, { self: reader, began }),
  };
} // prettier-ignore

describe('[BREAK-22] messages by place', () => {
  it('are those of where one is, and what the plenary had written stays', () => {
    const m = meetingOf(ana);
    m.write(marc, 'en plénière');
    m.open();
    m.write(marc, 'dans la salle', [housing]);
    m.write(marie, 'ailleurs', [transport]);
    expect(m.books.here).toBe(housing);
    expect([m.texts(housing), m.texts('plenary'), m.texts(transport)]).toEqual([
      ['dans la salle'], ['en plénière'], [],
    ]); // prettier-ignore
    expect(m.books.names.get(housing)).toBe('Logement');
  });

  it('count as unread by place what others wrote since one came there, until it is looked at', () => {
    const m = meetingOf(ana);
    m.write(marc, 'un');
    m.open();
    m.write(marc, 'deux', [housing]);
    m.write(ana, 'de moi', [housing]);
    expect([m.unread(housing), m.unread('plenary')]).toEqual([1, 1]);
    m.look(housing);
    expect([m.unread(housing), m.unread('plenary')]).toEqual([0, 1]);
    m.write(marc, 'trois', [housing]);
    expect(m.unread(housing)).toBe(1);
  });

  it('of a place to which one came are asked for when it is looked at, those of a place that one left up to when one left', () => {
    const m = meetingOf(ana);
    m.write(marc, 'un');
    expect(lacking(m.books, 'plenary')).toBeUndefined();
    m.open();
    expect(lacking(m.books, housing)).toBe('past');
    expect(lacking(m.books, 'plenary')).toBe('last');
    m.page(housing);
    m.page('plenary');
    expect([lacking(m.books, housing), lacking(m.books, 'plenary')]).toEqual([undefined, undefined]);
  });

  it('are there at once where one comes back to, and what was written meanwhile is asked for', () => {
    const m = meetingOf(ana);
    m.open();
    m.write(marc, 'un', [housing]);
    m.page(housing);
    m.move(transport);
    m.write(marc, 'pendant ce temps', [housing]);
    m.move(housing);
    expect(m.texts(housing)).toEqual(['un']);
    expect(lacking(m.books, housing)).toBe('last');
    m.write(marc, 'trois', [housing]);
    expect([m.texts(housing), m.unread(housing)]).toEqual([['un', 'trois'], 1]);
    m.fetch(housing);
    expect(m.texts(housing)).toEqual(['un', 'pendant ce temps', 'trois']);
    expect(lacking(m.books, housing)).toBeUndefined();
  });

  it('of the plenary are there again when the rooms are over', () => {
    const m = meetingOf(ana);
    m.write(marc, 'avant');
    m.open();
    m.end();
    expect(m.books.here).toBe('plenary');
    expect([m.texts('plenary'), lacking(m.books, 'plenary')]).toEqual([['avant'], 'last']);
    m.write(marc, 'après');
    expect(m.texts('plenary')).toEqual(['avant', 'après']);
  });

  it('are those of all places for who runs the meeting, wherever they are', () => {
    const m = meetingOf(marie);
    m.open();
    m.write(ana, 'un', [housing]);
    m.write(ana, 'deux', [housing]);
    expect([m.books.here, m.texts(housing), m.unread(housing)]).toEqual(['plenary', ['un', 'deux'], 2]);
    m.write(marc, 'en plénière');
    expect(m.texts('plenary')).toEqual(['en plénière']);
  });
});

describe('[BREAK-15] announcements', () => {
  const said = (version: number, participantId: ParticipantId, announcement?: true) => ({
    version,
    participantId,
    name: participantId,
    clientMessageId: `m${version}` as ClientMessageId,
    text: `${version}`,
    to: [housing, 'plenary' as const],
    at,
    ...(announcement && { announcement }),
  });

  it('are told of others’, once, and not those of before one came', () => {
    const heard = [said(3, marie, true), said(6, marie, true), said(7, ana, true), said(8, marc)];
    const told = newAnnouncements([], heard, { self: ana, after: 5 });
    expect(told).toEqual([{ key: 'marie/m6', name: 'marie', text: '6', to: [housing, 'plenary'] }]);
    expect(newAnnouncements(told, heard, { self: ana, after: 8 })).toBe(told);
  });

  it('are never more than three at once', () => {
    const heard = [6, 7, 8, 9].map((version) => said(version, marie, true));
    const told = newAnnouncements([], heard, { self: ana, after: 5 });
    expect(told.map(({ text }) => text)).toEqual(['7', '8', '9']);
  });
});
