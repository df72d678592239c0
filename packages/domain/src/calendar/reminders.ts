export type Reminder = 'day' | 'hour';

const HOUR_MS = 3_600_000;

/** What has been ordered for a meeting: the instant at which it was then to begin. */
export interface Reminded {
  day: number | null;
  hour: number | null;
}

/**
 * [CAL-5] The reminder that is due. A day before, until an hour before; an hour before, until it begins. A meeting that was moved is
 * reminded of anew. Who registers later than a day before is not told a moment later what they have just read.
 */
export function reminderDue(
  { startsAt, since, now }: { startsAt: number; since: number; now: number },
  wanted: { day: boolean; hour: boolean },
  reminded: Reminded,
): Reminder | undefined {
  const left = startsAt - now;
  const known = startsAt - since;
  if (left <= 0) return undefined;
  if (left <= HOUR_MS) {
    return wanted.hour && reminded.hour !== startsAt && known > HOUR_MS ? 'hour' : undefined;
  }
  const isDay = left <= 24 * HOUR_MS && known > 24 * HOUR_MS;
  return wanted.day && isDay && reminded.day !== startsAt ? 'day' : undefined;
}
