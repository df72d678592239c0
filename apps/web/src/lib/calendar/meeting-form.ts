import type { EntryRule } from '@relais/protocol/entry';
import type { CalendarMeeting, Recurrence } from '@relais/protocol/calendar';
import { DEFAULT_TIME_ZONE } from '@relais/protocol/calendar-limits';
import { fieldsOf } from './when.ts';

/** A point of the agenda as it is being written. */
export interface WrittenPoint {
  key: number;
  text: string;
  minutes: string;
}

/** What stands in the fields of a meeting, as text. */
export interface Written {
  title: string;
  description: string;
  date: string;
  time: string;
  timeZone: string;
  minutes: string;
  every: Recurrence['every'] | 'none';
  /** How it ends: after so many meetings, or with a day. */
  ends: 'count' | 'until';
  count: string;
  until: string;
  points: WrittenPoint[];
  animators: string;
  registration: boolean;
  capacity: string;
  community: string;
  entry: EntryRule;
}

export type Wrong = 'title' | 'date' | 'time' | 'minutes' | 'count' | 'until' | 'capacity';

export function emptyForm(): Written {
  return {
    title: '',
    description: '',
    date: '',
    time: '',
    timeZone: DEFAULT_TIME_ZONE,
    minutes: '90',
    every: 'none',
    ends: 'count',
    count: '6',
    until: '',
    points: [],
    animators: '',
    registration: false,
    capacity: '',
    community: '',
    entry: 'anyone',
  };
}

export function formOf(meeting: CalendarMeeting): Written {
  const { title, description, startsAt, timeZone, minutes, agenda, registration, capacity } = meeting;
  return {
    ...emptyForm(),
    ...fieldsOf(startsAt, timeZone),
    title,
    description,
    timeZone,
    minutes: String(minutes),
    points: agenda.map((point, key) => ({
      key,
      text: point.text,
      minutes: point.minutes === null ? '' : String(point.minutes),
    })),
    animators: meeting.animatorEmails.join('\n'),
    registration,
    capacity: capacity === null ? '' : String(capacity),
  };
}

/** The first field that cannot be sent as it is. */
export function wrongIn(written: Written): Wrong | undefined {
  const { title, date, time, minutes, registration, capacity } = written;
  if (!title.trim()) return 'title';
  if (!date) return 'date';
  if (!time) return 'time';
  if (!isWithin(minutes, 5, 1440)) return 'minutes';
  const again = wrongEnd(written);
  if (again) return again;
  if (registration && capacity.trim() && !isWithin(capacity, 1, 300)) return 'capacity';
  return undefined;
}

function wrongEnd({ every, ends, count, until, date }: Written): 'count' | 'until' | undefined {
  if (every === 'none') return undefined;
  if (ends === 'count') return isWithin(count, 2, 53) ? undefined : 'count';
  // Days are written so that their order is that of their letters.
  return until > date ? undefined : 'until';
}

/** What is announced of a meeting, as the hub takes it. */
export function aboutOf({ title, description, date, time, timeZone, minutes, ...rest }: Written) {
  const { points, registration, capacity } = rest;
  return {
    title: title.trim(),
    description: description.trim(),
    date,
    // A browser may give seconds.
    time: time.slice(0, 5),
    timeZone,
    minutes: Number(minutes),
    agenda: points
      .filter((point) => point.text.trim())
      .map((point) => ({
        text: point.text.trim(),
        minutes: isWithin(point.minutes, 1, 1440) ? Number(point.minutes) : null,
      })),
    registration,
    capacity: registration && capacity.trim() ? Number(capacity) : null,
  };
}

/** The addresses of a field that holds one a line, or however people separate them. */
export const animatorsOf = ({ animators }: Written) => animators.split(/[\s,;]+/).filter(Boolean);

export function announcementOf(written: Written, lang: 'fr' | 'en') {
  const { every, ends, count, until, community, entry } = written;
  const end = ends === 'count' ? { count: Number(count) } : { until };
  return {
    ...aboutOf(written),
    recurrence: every === 'none' ? null : { every, ...end },
    animators: animatorsOf(written),
    community: community || null,
    entry,
    lang,
  };
}

function isWithin(text: string, least: number, most: number): boolean {
  const n = Number(text);
  return /^\s*\d{1,4}\s*$/.test(text) && n >= least && n <= most;
}
