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
import type { InventedCommunity } from './invented.ts';
import type { DemoPerson } from './seed-demo.ts';

export interface DemoMeetingsOf {
  community: InventedCommunity;
  communityId: string;
  /** Who coordinates first, then who animates. */
  members: readonly DemoPerson[];
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

/** Weeks from now: three meetings that were, and three that come. */
const WEEKS = [-9, -5, -1, 1, 4, 8];
const MINUTES = 75;
const [MINUTE_MS, DAY_MS] = [60_000, 86_400_000];

/** Meetings of one community, which were written to, noted in and attended, and some that are announced. */
export function demoMeetings({ community, communityId, members, now }: DemoMeetingsOf): DemoRows {
  const random = seeded(
    [...community.slug].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0, 7),
  );
  const rows: DemoRows = { meetings: [], events: [], notes: [], calendar: [], entries: [], attendees: [] };
  const [coordinator, animator] = members;
  for (const [index, weeks] of WEEKS.entries()) {
    const meetingId = `${communityId}-${index}`;
    const startsAt = tuesdayAt(now + weeks * 7 * DAY_MS);
    const title = `${community.meeting}${weeks > 6 ? ' : bilan de saison' : ''}`;
    const code = codeOf(random);
    const announced = new Date(startsAt - 30 * DAY_MS);
    const present = shuffled(members.slice(2), random).slice(0, 6 + Math.floor(random() * 6));
    const wasThere = weeks < 0 ? [animator!, ...present] : [];
    const events = told({
      community,
      meetingId,
      code,
      title,
      startsAt,
      announced: announced.getTime(),
      wasThere,
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
    if (weeks < 0) rows.notes.push(notesOf(meetingId, community.notes, startsAt + 60 * MINUTE_MS));
    rows.calendar.push({
      ...{ meetingId, seriesId: meetingId, recurs: false, communityId, announcedBy: coordinator!.id, title },
      description: community.about,
      agenda: [
        { text: 'Accueil et tour de table', minutes: 15 },
        { text: community.about, minutes: 45 },
        { text: 'Suites et prochaine rencontre', minutes: 15 },
      ],
      ...{ startsAt: new Date(startsAt), minutes: MINUTES, timeZone: DEFAULT_TIME_ZONE, registration: true },
      ...{ capacity: weeks > 6 ? 40 : null, createdAt: announced, updatedAt: announced },
    });
    rows.entries.push({ meetingId, rule: weeks > 6 ? 'anyone' : 'community', communityId });
    const part = (person: DemoPerson, what: 'animates' | 'attends') => ({
      ...{
        id: `${meetingId}-${person.id}`,
        meetingId,
        personId: person.id,
        email: person.email,
        name: person.name,
      },
      ...{
        part: what,
        state: 'confirmed' as const,
        lang: 'fr' as const,
        timeZone: DEFAULT_TIME_ZONE,
        at: announced,
      },
      // They know it already: nobody invented is written to.
      ...{
        toldState: 'confirmed' as const,
        toldSequence: 0,
        toldTitle: title,
        toldStartsAt: new Date(startsAt),
      },
      ...{ remindedDay: new Date(startsAt), remindedHour: new Date(startsAt) },
    });
    rows.attendees.push(part(animator!, 'animates'), ...present.map((person) => part(person, 'attends')));
  }
  return rows;
}

/** The log of a meeting: who came, what was written, who left. Of one that comes only that it was made. */
function told(meeting: {
  community: InventedCommunity;
  meetingId: string;
  code: string;
  title: string;
  startsAt: number;
  announced: number;
  wasThere: readonly DemoPerson[];
}): MeetingEvent[] {
  const { community, meetingId, code, title, startsAt, announced, wasThere } = meeting;
  const seat = ({ id }: DemoPerson) => `${meetingId}-${id}`;
  const events = [
    { type: 'meetingCreated', meetingId, code, title, at: announced },
    ...wasThere.map((person, index) => ({
      ...{ type: 'participantJoined', participantId: seat(person), name: person.name, personId: person.id },
      ...(index === 0 && { role: 'facilitator' }),
      at: startsAt + index * 20_000,
    })),
    ...community.messages.slice(0, wasThere.length > 0 ? undefined : 0).map((text, index) => {
      const person = wasThere[(index * 2 + 1) % wasThere.length]!;
      return {
        ...{ type: 'messagePosted', participantId: seat(person), name: person.name, text },
        clientMessageId: `demo-${index}`,
        at: startsAt + (12 + index * 7) * MINUTE_MS,
      };
    }),
    ...wasThere.map((person, index) => ({
      ...{ type: 'participantLeft', participantId: seat(person), reason: 'left' },
      at: startsAt + MINUTES * MINUTE_MS + index * 5_000,
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

/** At half past one on the Tuesday of that week, by the clock on the wall. */
function tuesdayAt(instant: number): number {
  const day = new Date(instant).getUTCDay();
  const { date } = wallTimeOf(instant + (2 - day) * DAY_MS, DEFAULT_TIME_ZONE);
  return instantOf({ date, time: '13:30', timeZone: DEFAULT_TIME_ZONE });
}

/** Like those that the product draws: they cannot be told from them. */
function codeOf(random: () => number): string {
  const letters = (n: number) =>
    Array.from({ length: n }, () => CODE_LETTERS[Math.floor(random() * CODE_LETTERS.length)]).join('');
  return `${letters(3)}-${letters(4)}-${letters(3)}`;
}
