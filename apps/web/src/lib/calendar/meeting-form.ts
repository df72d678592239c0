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
  count: string;
  points: WrittenPoint[];
  animators: string;
  registration: boolean;
  capacity: string;
  community: string;
  entry: EntryRule;
}

export type Wrong = 'title' | 'date' | 'time' | 'minutes' | 'count' | 'capacity';

export function emptyForm(): Written {
  return {
    title: '',
    description: '',
    date: '',
    time: '',
    timeZone: DEFAULT_TIME_ZONE,
    minutes: '90',
    every: 'none',
    count: '6',
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
    registration,
    capacity: capacity === null ? '' : String(capacity),
  };
}

/** The first field that cannot be sent as it is. */
export function wrongIn(written: Written): Wrong | undefined {
  const { title, date, time, minutes, every, count, registration, capacity } = written;
  if (!title.trim()) return 'title';
  if (!date) return 'date';
  if (!time) return 'time';
  if (!isWithin(minutes, 5, 1440)) return 'minutes';
  if (every !== 'none' && !isWithin(count, 2, 53)) return 'count';
  if (registration && capacity.trim() && !isWithin(capacity, 1, 300)) return 'capacity';
  return undefined;
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

export function announcementOf(written: Written, lang: 'fr' | 'en') {
  const { every, count, animators, community, entry } = written;
  return {
    ...aboutOf(written),
    recurrence: every === 'none' ? null : { every, count: Number(count) },
    animators: animators.split(/[\s,;]+/).filter(Boolean),
    community: community || null,
    entry,
    lang,
  };
}

function isWithin(text: string, least: number, most: number): boolean {
  const n = Number(text);
  return /^\s*\d{1,4}\s*$/.test(text) && n >= least && n <= most;
}
