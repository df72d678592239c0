import type {
  calendarAttendees,
  calendarMeetings,
  meetingEntries,
  meetingEvents,
  meetings,
  noteDocuments,
} from '@relais/db';
import { seeded, shuffled } from '@relais/domain/breakout/seeded';
import { instantOf, wallTimeOf } from '@relais/domain/calendar';
import { CODE_LETTERS, type MeetingEvent, meetingEvent } from '@relais/protocol';
import { DEFAULT_TIME_ZONE } from '@relais/protocol/calendar-limits';
import * as Y from 'yjs';
import type { InventedCommunity, InventedMeeting } from './invented.ts';
import type { DemoPerson } from './seed-demo.ts';

export interface DemoMeetingsOf {
  community: InventedCommunity;
  communityId: string;
  /** Who coordinates first, then who animates. */
  members: readonly DemoPerson[];
  /** As whom a visitor signs in: they have a place in the first that comes, if they are of the community. */
  visitor: DemoPerson;
  now: number;
}

/** Rows as they are to be inserted. */
export interface DemoRows {
  meetings: (typeof meetings.$inferInsert)[];
  events: (typeof meetingEvents.$inferInsert)[];
  notes: (typeof noteDocuments.$inferInsert)[];
  calendar: (typeof calendarMeetings.$inferInsert)[];
  entries: (typeof meetingEntries.$inferInsert)[];
  attendees: (typeof calendarAttendees.$inferInsert)[];
}

const ANNOUNCED_DAYS = 30;
const [MINUTE_MS, DAY_MS] = [60_000, 86_400_000];

/** Meetings of one community, which were written to, noted in and attended, and some that are announced. */
export function demoMeetings({ community, communityId, members, visitor, now }: DemoMeetingsOf): DemoRows {
  const random = seeded(
    [...community.slug].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0, 7),
  );
  const rows: DemoRows = { meetings: [], events: [], notes: [], calendar: [], entries: [], attendees: [] };
  const [coordinator, animator] = members;
  const coming = community.coming.map((one) => ({ ...one, messages: [], notes: [] }));
  const all: (InventedMeeting & { capacity?: number })[] = [...community.past, ...coming];
  for (const [index, invented] of all.entries()) {
    const meetingId = `${communityId}-${index}`;
    const isPast = invented.days < 0;
    const startsAt = workingDay(now, invented.days, community.time);
    const title = `${community.meeting}\u00a0: ${invented.theme}`;
    const code = codeOf(random);
    const announced = new Date(Math.min(startsAt, now) - ANNOUNCED_DAYS * DAY_MS);
    const drawn = shuffled(
      members.slice(2).filter(({ id }) => id !== visitor.id),
      random,
    ).slice(0, 6 + Math.floor(random() * 6));
    const comes = invented === coming[0] && members.includes(visitor) ? [visitor] : [];
    const present = [...comes, ...drawn];
    const isForAll = invented === coming.at(-1);
    const wasThere = isPast ? [animator!, ...present] : [];
    const events = told({
      ...{ meetingId, code, title, startsAt, wasThere },
      messages: invented.messages,
      minutes: community.minutes,
      announced: announced.getTime(),
    });
    rows.meetings.push({ meetingId, code, title, version: events.length, createdAt: announced });
    rows.events.push(
      ...events.map((event, at) => ({
        meetingId,
        version: at + 1,
        type: event.type,
        payload: event,
        at: new Date(event.at),
      })),
    );
    if (isPast) rows.notes.push(notesOf(meetingId, invented.notes, startsAt + community.minutes * MINUTE_MS));
    rows.calendar.push({
      ...{ meetingId, seriesId: meetingId, recurs: false, communityId, announcedBy: coordinator!.id, title },
      description: community.about,
      agenda: [
        { text: 'Accueil et tour de table', minutes: 15 },
        { text: capitalised(invented.theme), minutes: community.minutes - 30 },
        { text: 'Suites et prochaine rencontre', minutes: 15 },
      ],
      ...{
        startsAt: new Date(startsAt),
        minutes: community.minutes,
        timeZone: DEFAULT_TIME_ZONE,
        registration: true,
      },
      ...{ capacity: invented.capacity ?? null, createdAt: announced, updatedAt: announced },
    });
    rows.entries.push({ meetingId, rule: isForAll ? 'anyone' : 'community', communityId });
    const part = (person: DemoPerson, what: 'animates' | 'attends', state: 'confirmed' | 'waiting') => ({
      ...{
        id: `${meetingId}-${person.id}`,
        meetingId,
        personId: person.id,
        email: person.email,
        name: person.name,
      },
      ...{
        part: what,
        state,
        lang: 'fr' as const,
        timeZone: DEFAULT_TIME_ZONE,
        at: announced,
      },
      // They know it already: nobody invented is written to.
      ...{
        toldState: state,
        toldSequence: 0,
        toldTitle: title,
        toldStartsAt: new Date(startsAt),
      },
      ...{ remindedDay: new Date(startsAt), remindedHour: new Date(startsAt) },
    });
    const places = invented.capacity ?? present.length;
    rows.attendees.push(
      part(animator!, 'animates', 'confirmed'),
      ...present.map((person, at) => part(person, 'attends', at < places ? 'confirmed' : 'waiting')),
    );
  }
  return rows;
}

/** The log of a meeting: who came, what was written, who left. Of one that comes only that it was made. */
function told(meeting: {
  messages: readonly string[];
  minutes: number;
  meetingId: string;
  code: string;
  title: string;
  startsAt: number;
  announced: number;
  wasThere: readonly DemoPerson[];
}): MeetingEvent[] {
  const { messages, minutes, meetingId, code, title, startsAt, announced, wasThere } = meeting;
  const seat = ({ id }: DemoPerson) => `${meetingId}-${id}`;
  const events = [
    { type: 'meetingCreated', meetingId, code, title, at: announced },
    ...wasThere.map((person, index) => ({
      ...{ type: 'participantJoined', participantId: seat(person), name: person.name, personId: person.id },
      ...(index === 0 && { role: 'facilitator' }),
      at: startsAt + index * 20_000,
    })),
    ...messages.map((text, index) => {
      const person = wasThere[(index * 2 + 1) % wasThere.length]!;
      return {
        ...{ type: 'messagePosted', participantId: seat(person), name: person.name, text },
        clientMessageId: `demo-${index}`,
        at: startsAt + (12 + index * 7) * MINUTE_MS,
      };
    }),
    ...wasThere.map((person, index) => ({
      ...{ type: 'participantLeft', participantId: seat(person), reason: 'left' },
      at: startsAt + minutes * MINUTE_MS + index * 5_000,
    })),
  ];
  // As whatever comes from elsewhere: a demonstration that no longer fits the log fails here, and not in a meeting.
  return events.map((event) => meetingEvent.parse(event));
}

function notesOf(meetingId: string, lines: readonly string[], at: number): typeof noteDocuments.$inferInsert {
  const doc = new Y.Doc();
  const text = lines.map((line) => `• ${line}`).join('\n');
  doc.getText('text').insert(0, text);
  const state = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  const lastLine = text.split('\n').at(-1) ?? '';
  return {
    meetingId,
    place: 'plenary',
    seq: 1,
    state,
    stateSeq: 1,
    lastLine,
    length: text.length,
    at: new Date(at),
  };
}

/** So many days from now, by the clock on the wall; from a weekend it goes on to where it goes, back or forward. */
function workingDay(now: number, days: number, time: string): number {
  for (let at = days; ; at += Math.sign(days)) {
    const { date } = wallTimeOf(now + at * DAY_MS, DEFAULT_TIME_ZONE);
    const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
    if (weekday !== 0 && weekday !== 6) return instantOf({ date, time, timeZone: DEFAULT_TIME_ZONE });
  }
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Like those that the product draws: they cannot be told from them. */
function codeOf(random: () => number): string {
  const letters = (n: number) =>
    Array.from({ length: n }, () => CODE_LETTERS[Math.floor(random() * CODE_LETTERS.length)]).join('');
  return `${letters(3)}-${letters(4)}-${letters(3)}`;
}
