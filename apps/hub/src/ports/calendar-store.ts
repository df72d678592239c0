import type { EntryRule } from '@relais/protocol/entry';
import type { Result } from '@relais/kit';
import type { MeetingCode, MeetingId, VersionedEvent } from '@relais/protocol';
import type { AgendaPoint, CalendarSettings } from '@relais/protocol/calendar';
import type { Act } from '../adapters/register-rows.ts';
import type { Unavailable } from './people-store.ts';

type Stored<T> = Promise<Result<T, Unavailable>>;

/** What is announced of a meeting; times in milliseconds since 1970. */
export interface Announcement {
  title: string;
  description: string;
  agenda: AgendaPoint[];
  startsAt: number;
  minutes: number;
  timeZone: string;
  registration: boolean;
  capacity: number | null;
}

export interface CalendarRow extends Announcement {
  meetingId: MeetingId;
  code: MeetingCode;
  /** The same for all of one recurrence. */
  seriesId: string;
  recurs: boolean;
  community: { communityId: string; slug: string; name: string } | null;
  announcedBy: string | null;
  isCancelled: boolean;
  cancelWord: string;
  /** Counts changes, and is the compare-and-set of the next. */
  sequence: number;
  updatedAt: number;
}

export interface NewCalendarRow extends Announcement {
  meetingId: MeetingId;
  seriesId: string;
  recurs: boolean;
  communityId: string | null;
  announcedBy: string;
  entry: EntryRule;
}

export interface NewAttendee {
  id: string;
  meetingId: MeetingId;
  personId: string | null;
  email: string;
  name: string;
  part: 'animates' | 'attends';
  lang: 'fr' | 'en';
  timeZone: string;
  /** Nothing is to be told: they know. */
  knows?: boolean;
}

export interface Attendee extends Omit<NewAttendee, 'knows'> {
  state: 'confirmed' | 'waiting';
  at: number;
}

/** What somebody was told last of a meeting; undefined: nothing yet. */
export interface Told {
  state: 'confirmed' | 'waiting' | 'cancelled';
  sequence: number;
  title: string;
  startsAt: number;
}

export interface ToTell {
  attendee: Attendee;
  meeting: CalendarRow;
  told: Told | undefined;
  /** Who announced it, by name. */
  by: string | null;
}

export interface ToRemind {
  attendee: Attendee;
  meeting: CalendarRow;
  wanted: { day: boolean; hour: boolean };
  reminded: { day: number | null; hour: number | null };
}

/** Where a page of a list goes on: after a meeting that begins then and bears that id. */
export interface CalendarCursor {
  startsAt: number;
  meetingId: string;
}

/** Who is to animate meetings. */
export type NewAnimator = Omit<NewAttendee, 'id' | 'meetingId' | 'part' | 'knows'>;

/** What a new title added to the log of a meeting. */
export interface Renamed {
  meetingId: MeetingId;
  events: VersionedEvent[];
}

export interface CalendarChange {
  meetingId: MeetingId;
  sequence: number;
  to: Announcement;
}

export interface Listed extends CalendarRow {
  part: 'animates' | 'registered' | 'waiting' | null;
}

export interface CalendarStore {
  announce(rows: readonly NewCalendarRow[], attendees: readonly NewAttendee[], at: number): Stored<void>;
  find(code: MeetingCode): Stored<CalendarRow | undefined>;
  /** Of one recurrence, those that begin then or later and are not cancelled, in order. */
  following(seriesId: string, startsAt: number): Stored<CalendarRow[]>;
  /**
   * All or none: `overtaken` when one of them has another sequence by now. Who waits moves up where there is room. A new title stands
   * in the log of its meeting as well, in the same step; `animators`: who animates from now on, left out: as it was.
   */
  change(
    changes: readonly CalendarChange[],
    by: Act,
    animators?: readonly NewAnimator[],
  ): Stored<{ renamed: Renamed[] } | 'overtaken'>;
  cancel(meetingIds: readonly MeetingId[], word: string, by: Act): Stored<void>;
  attendees(meetingId: MeetingId): Stored<Attendee[]>;
  /** [CAL-4] What the new one is, or was already (`isNew`: false). `full`: nobody is taken any more. */
  register(
    attendee: NewAttendee,
    at: number,
  ): Stored<{ state: 'confirmed' | 'waiting'; isNew: boolean } | 'closed'>;
  /** Whether there was one; who waits moves up. */
  unregister(which: { id: string } | { meetingId: MeetingId; personId: string }): Stored<boolean>;
  /** What somebody announced, animates or is registered for, or what their communities announce. */
  ofPerson(personId: string, page: CalendarPageAsked): Stored<Listed[]>;
  ofCommunity(communityId: string, personId: string, page: CalendarPageAsked): Stored<Listed[]>;
  /** How many meetings without a community somebody has announced that are to come. */
  ownComing(personId: string, now: number): Stored<number>;
  settings(personId: string): Stored<CalendarSettings & { feed: number }>;
  saveSettings(personId: string, settings: CalendarSettings): Stored<void>;
  renewFeed(personId: string): Stored<number>;
  personByEmail(email: string): Stored<{ personId: string; name: string } | undefined>;
  /**
   * Those who do not know yet what is true, and those whose reminder may be due, given to `work` while no other hub does the same;
   * what `work` answers is noted in one step.
   */
  tell(now: number, work: (due: { tell: ToTell[]; remind: ToRemind[] }) => Promise<Noted>): Stored<void>;
  /** Registrations of who has no account, of meetings that began before. */
  forget(before: number): Stored<void>;
}

export interface CalendarPageAsked {
  /** What had not ended by then is listed, the next first; */
  since: number;
  /** or what had, the latest first, without what was cancelled. */
  isPast: boolean;
  after: CalendarCursor | undefined;
  most: number;
}

export interface Noted {
  told: { id: string; told: Told }[];
  reminded: { id: string; which: 'day' | 'hour'; startsAt: number }[];
}
