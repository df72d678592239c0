import { z } from 'zod';
import {
  AGENDA_MAX,
  AGENDA_POINT_MAX,
  ANIMATORS_MAX,
  CANCEL_WORD_MAX,
  CAPACITY_MAX,
  DEFAULT_TIME_ZONE,
  DESCRIPTION_MAX,
  MINUTES_MAX,
  MINUTES_MIN,
  OCCURRENCES_MAX,
} from './calendar-limits.ts';
import { facilitatorKey } from './http.ts';
import { entryRule } from './entry.ts';
import { meetingCode } from './ids.ts';
import { emailAddress } from './people.ts';
import { instant, line, meetingTitle, paragraphs, personName } from './text.ts';

/** A zone that this program's dates know, such as `America/Toronto`. */
export const timeZone = z
  .string()
  .max(64)
  .refine((zone) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone });
      return /^[A-Za-z]/.test(zone);
    } catch {
      return false;
    }
  }, 'a time zone');
const isDay = (text: string) => new Date(`${text}T00:00Z`).toISOString().startsWith(text);
export const localDate = z
  .string()
  .regex(/^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)
  .refine(isDay, 'a day of the calendar');
export const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const lang = z.enum(['fr', 'en']);

/** [CAL-2] How a meeting comes again: until a day (that one too) or so many times in all. */
export const recurrence = z
  .strictObject({
    every: z.enum(['week', 'twoWeeks', 'monthByDay', 'monthByWeekday']),
    until: localDate.optional(),
    count: z.int().min(2).max(OCCURRENCES_MAX).optional(),
  })
  .refine(
    ({ until, count }) => (until === undefined) !== (count === undefined),
    'until or count, one of them',
  );
export type Recurrence = z.infer<typeof recurrence>;

export const agendaPoint = z.strictObject({
  text: line(AGENDA_POINT_MAX),
  minutes: z.int().min(1).max(MINUTES_MAX).nullable(),
});
export type AgendaPoint = z.infer<typeof agendaPoint>;

const optionalParagraphs = (max: number) => z.union([z.literal(''), paragraphs(max)]);
/** What is announced of a meeting, but for when. */
const about = {
  title: meetingTitle,
  description: optionalParagraphs(DESCRIPTION_MAX).default(''),
  agenda: z.array(agendaPoint).max(AGENDA_MAX).default([]),
  minutes: z.int().min(MINUTES_MIN).max(MINUTES_MAX),
  registration: z.boolean().default(false),
  /** Null: as many as a meeting holds. */
  capacity: z.int().min(1).max(CAPACITY_MAX).nullable().default(null),
};
const when = { date: localDate, time: localTime, timeZone: timeZone.default(DEFAULT_TIME_ZONE) };

/** `POST /api/calendar` */
export const announceBody = z.strictObject({
  ...about,
  ...when,
  recurrence: recurrence.nullable().default(null),
  /** The address of its page; null: a meeting of one's own. */
  community: z.string().min(1).max(64).nullable().default(null),
  /** Accounts that run it beside who announces it. */
  animators: z.array(emailAddress).max(ANIMATORS_MAX).default([]),
  /** Who may enter [ENTRY-1]; `community` of a community's alone. */
  entry: entryRule.default('anyone'),
  lang,
});
export type AnnounceBody = z.infer<typeof announceBody>;

/** This meeting alone, or all of its recurrence from it on. */
export const calendarScope = z.enum(['one', 'following']);
export type CalendarScope = z.infer<typeof calendarScope>;

/** `PUT /api/calendar/meetings/:code`. `sequence`: as it was read [CAL-6]. */
export const changeBody = z.strictObject({
  ...about,
  ...when,
  /** Accounts that run it beside who changes it; left out: as it was [CAL-11]. */
  animators: z.array(emailAddress).max(ANIMATORS_MAX).optional(),
  scope: calendarScope,
  sequence: z.int().min(0),
});
export type ChangeBody = z.infer<typeof changeBody>;

export const cancelBody = z.strictObject({
  scope: calendarScope,
  word: optionalParagraphs(CANCEL_WORD_MAX).default(''),
});
export type CancelBody = z.infer<typeof cancelBody>;

/** Who is signed in needs to give nothing but language and zone. */
export const registerBody = z.strictObject({
  name: personName.optional(),
  email: emailAddress.optional(),
  lang,
  timeZone: timeZone.default(DEFAULT_TIME_ZONE),
});
export type RegisterBody = z.infer<typeof registerBody>;

export const registrationToken = z.string().regex(/^[A-Za-z0-9_-]{8,64}\.[A-Za-z0-9_-]{43}$/);
export const registrationTokenBody = z.strictObject({ token: registrationToken });

export const calendarSettings = z.strictObject({ remindDay: z.boolean(), remindHour: z.boolean() });
export type CalendarSettings = z.infer<typeof calendarSettings>;

/** A meeting in a list. */
export const calendarEntry = z.strictObject({
  code: meetingCode,
  title: z.string(),
  startsAt: instant,
  minutes: z.int(),
  timeZone: z.string(),
  isCancelled: z.boolean(),
  community: z.strictObject({ slug: z.string(), name: z.string() }).nullable(),
  /** What the reader is to it. */
  part: z.enum(['animates', 'registered', 'waiting']).nullable(),
});
export type CalendarEntry = z.infer<typeof calendarEntry>;

export const calendarPage = z.strictObject({
  entries: z.array(calendarEntry),
  /** Of the next page. */
  after: z.string().nullable(),
});
export type CalendarPage = z.infer<typeof calendarPage>;

/** The meeting's page. */
export const calendarMeeting = calendarEntry.extend({
  description: z.string(),
  agenda: z.array(agendaPoint),
  animators: z.array(z.string()),
  /** For whom it is to run it: addresses of the others who do. */
  animatorEmails: z.array(z.string()),
  recurs: z.boolean(),
  registration: z.boolean(),
  capacity: z.int().nullable(),
  registered: z.int(),
  waiting: z.int(),
  cancelWord: z.string(),
  sequence: z.int(),
  /** The reader's place on the waiting list, from 1. */
  place: z.int().nullable(),
  /** For whom it is to run it. */
  facilitatorKey: facilitatorKey.nullable(),
});
export type CalendarMeeting = z.infer<typeof calendarMeeting>;

/** A message of a meeting that is over. */
export const recordMessage = z.strictObject({
  version: z.int(),
  name: z.string(),
  text: z.string(),
  at: instant,
  /** The room of sub-groups where it was written; null: the plenary, or said to several places. */
  room: z.string().nullable(),
  isAnnouncement: z.boolean(),
});
export type RecordMessage = z.infer<typeof recordMessage>;

export const recordMessages = z.strictObject({
  messages: z.array(recordMessage),
  /** The version after which the next page begins. */
  after: z.int().nullable(),
});
export type RecordMessages = z.infer<typeof recordMessages>;

export const recordNotes = z.strictObject({
  /** Null: the plenary. */
  room: z.string().nullable(),
  /** Of the round in which the room was last. */
  round: z.int().nullable(),
  text: z.string(),
  /** There is more of it in the file. */
  isCut: z.boolean(),
});
export type RecordNotes = z.infer<typeof recordNotes>;

export const recordPerson = z.strictObject({
  name: z.string(),
  isGuest: z.boolean(),
  /** They ran the meeting. */
  ran: z.boolean(),
  /** For who runs the meeting alone: from when to when; `until` null: they are not known to have left. */
  stay: z.strictObject({ from: instant, until: instant.nullable() }).nullable(),
});
export type RecordPerson = z.infer<typeof recordPerson>;

/** [CAL-8] What is left of a meeting, as one reader may read it. */
export const meetingRecord = z.strictObject({
  people: z.array(recordPerson),
  /** How many there were in all. */
  peopleCount: z.int(),
  notes: z.array(recordNotes),
  messages: recordMessages,
});
export type MeetingRecord = z.infer<typeof meetingRecord>;

/** In which language and zone the file of a record is written. */
export const recordFileQuery = z.strictObject({
  lang: lang.default('fr'),
  timeZone: timeZone.optional(),
});
export type RecordFileQuery = z.infer<typeof recordFileQuery>;

export const announced = z.strictObject({ code: meetingCode, occurrences: z.int() });
export type Announced = z.infer<typeof announced>;

export const registered = z.strictObject({ state: z.enum(['confirmed', 'waiting']) });
export type Registered = z.infer<typeof registered>;

/** Who is registered, for whom it is to run the meeting. */
export const registrationView = z.strictObject({
  name: z.string(),
  email: z.string(),
  state: z.enum(['confirmed', 'waiting']),
  at: instant,
});
export type RegistrationView = z.infer<typeof registrationView>;

/** What a person sets of their calendar, with the secret address of their feed. */
export const ownCalendar = z.strictObject({ settings: calendarSettings, feedUrl: z.string() });
export type OwnCalendar = z.infer<typeof ownCalendar>;

/** Why something about the calendar was refused. */
export const calendarRefusal = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('invalidInput'), issues: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('foreignOrigin') }),
  z.strictObject({ kind: z.literal('notSignedIn') }),
  z.strictObject({ kind: z.literal('notAllowed') }),
  /** None of that code is in the calendar. */
  z.strictObject({ kind: z.literal('meetingNotFound') }),
  /** None of that address, or one of which the person is no member [COMM-2]. */
  z.strictObject({ kind: z.literal('unknownCommunity') }),
  z.strictObject({ kind: z.literal('linkInvalid') }),
  /** No account has that address. */
  z.strictObject({ kind: z.literal('unknownAnimator'), email: z.string() }),
  /** The recurrence has no day, more than are taken, or lies behind or too far ahead. */
  z.strictObject({ kind: z.literal('notADate'), why: z.enum(['past', 'tooFar', 'tooMany', 'once']) }),
  z.strictObject({ kind: z.literal('tooManyMeetings') }),
  /** It is over or will not take place. */
  z.strictObject({ kind: z.literal('isOver') }),
  /** It is not over yet: what is left of it is read afterwards [CAL-8]. */
  z.strictObject({ kind: z.literal('notOverYet') }),
  /** It takes no registrations, or no more. */
  z.strictObject({ kind: z.literal('registrationClosed') }),
  /** Somebody has changed it since it was read [CAL-6]. */
  z.strictObject({ kind: z.literal('changedMeanwhile') }),
  z.strictObject({ kind: z.literal('tooMany'), retryAfterMs: z.number() }),
  z.strictObject({ kind: z.literal('unavailable') }),
]);
export type CalendarRefusal = z.infer<typeof calendarRefusal>;
