import { fail, ok, type Result } from '@relais/kit';
import { AHEAD_DAYS_MAX, OCCURRENCES_MAX } from '@relais/protocol/calendar-limits';
import type { Recurrence } from '@relais/protocol/calendar';

/** When somebody says that a meeting is: by the clock on the wall of a zone. */
export interface WallTime {
  /** `2026-03-08` */
  date: string;
  /** `19:00` */
  time: string;
  timeZone: string;
}

export type NotADate = { kind: 'notADate'; why: 'past' | 'tooFar' | 'tooMany' | 'once' };

/** Milliseconds since 1970. A time that a change of clocks leaves out is the one an hour later; of one that comes twice the first. */
export function instantOf({ date, time, timeZone }: WallTime): number {
  return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds;
}

export function wallTimeOf(at: number, timeZone: string): WallTime {
  const there = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  return {
    date: there.toPlainDate().toString(),
    time: there.toPlainTime().toString({ smallestUnit: 'minute' }),
    timeZone,
  };
}

/**
 * [CAL-2] All instants of a meeting that comes again, in order. The clock on the wall stays the same over a change of clocks. What a
 * month does not have (a 31st, a fifth Tuesday) is passed over.
 */
export function occurrencesOf(
  first: WallTime,
  recurrence: Recurrence | null,
  now: number,
): Result<number[], NotADate> {
  const limits = { now, last: now + AHEAD_DAYS_MAX * 86_400_000 };
  const start = instantOf(first);
  if (start <= limits.now) return fail({ kind: 'notADate', why: 'past' });
  if (start > limits.last) return fail({ kind: 'notADate', why: 'tooFar' });
  if (!recurrence) return ok([start]);
  const { until, count } = recurrence;
  const found: number[] = [];
  for (const day of daysOf(Temporal.PlainDate.from(first.date), recurrence)) {
    if (until !== undefined && Temporal.PlainDate.compare(day, until) > 0) break;
    if (found.length === OCCURRENCES_MAX) return fail({ kind: 'notADate', why: 'tooMany' });
    const at = instantOf({ ...first, date: day.toString() });
    // A recurrence by count may reach further than is announced.
    if (at > limits.last) return fail({ kind: 'notADate', why: 'tooFar' });
    found.push(at);
    if (found.length === count) break;
  }
  return found.length > 1 ? ok(found) : fail({ kind: 'notADate', why: 'once' });
}

function* daysOf(first: Temporal.PlainDate, { every }: Recurrence): Generator<Temporal.PlainDate> {
  for (let step = 0; ; step++) {
    const day = dayAfter(first, every, step);
    if (day) yield day;
  }
}

function dayAfter(
  first: Temporal.PlainDate,
  every: Recurrence['every'],
  step: number,
): Temporal.PlainDate | undefined {
  switch (every) {
    case 'week':
      return first.add({ weeks: step });
    case 'twoWeeks':
      return first.add({ weeks: 2 * step });
    case 'monthByDay': {
      const month = first.toPlainYearMonth().add({ months: step });
      return first.day <= month.daysInMonth ? month.toPlainDate({ day: first.day }) : undefined;
    }
    case 'monthByWeekday': {
      const month = first.toPlainYearMonth().add({ months: step });
      const firstOfMonth = month.toPlainDate({ day: 1 });
      const offset = (first.dayOfWeek - firstOfMonth.dayOfWeek + 7) % 7;
      const day = 1 + offset + 7 * Math.floor((first.day - 1) / 7);
      return day <= month.daysInMonth ? month.toPlainDate({ day }) : undefined;
    }
  }
}

/** [CAL-6] Where meetings go that follow one which is moved: by as many days, and to the same time on the wall. */
export function movedWith(at: number, from: WallTime, to: WallTime): number {
  const days = Temporal.PlainDate.from(from.date).until(to.date).days;
  const before = wallTimeOf(at, from.timeZone);
  const date = Temporal.PlainDate.from(before.date).add({ days }).toString();
  return instantOf({ ...to, date });
}
