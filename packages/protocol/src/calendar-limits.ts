/** The bounds of the calendar. Free of zod, so that the browser can import them without paying for it. */

/** Characters of what a meeting is about. */
export const DESCRIPTION_MAX = 4000;
export const AGENDA_MAX = 40;
export const AGENDA_POINT_MAX = 160;
/** Minutes: of a meeting, a day at the most. */
export const MINUTES_MIN = 5;
export const MINUTES_MAX = 1440;
export const ANIMATORS_MAX = 10;
/** As many as can sit in a meeting [JOIN-3]. */
export const CAPACITY_MAX = 300;
/** Registered and waiting together. */
export const REGISTRATIONS_MAX = 1000;
/** Meetings of one recurrence: weekly for a year. */
export const OCCURRENCES_MAX = 53;
/** Days ahead that a meeting may be announced. */
export const AHEAD_DAYS_MAX = 800;
/** Coming meetings that one person has announced without a community. */
export const OWN_COMING_MAX = 120;
/** On one page of a list. */
export const CALENDAR_PAGE = 30;
/** Of what is left of a meeting: messages on one page, people who are named, characters of one place's notes on the page. */
export const RECORD_MESSAGES_PAGE = 100;
export const RECORD_PEOPLE_MAX = 600;
export const RECORD_NOTE_SHOWN = 20_000;
/** Of all its notes together. */
export const RECORD_NOTES_SHOWN = 100_000;
/** Characters of why a meeting will not take place. */
export const CANCEL_WORD_MAX = 600;
export const DEFAULT_TIME_ZONE = 'America/Toronto';
