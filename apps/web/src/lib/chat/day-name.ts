import { dayName } from '#lib/i18n/format.ts';

interface Words {
  today: string;
  yesterday: string;
}

/** "Aujourd’hui", "Hier", or the day in words; by the reader's own calendar. */
export function nameOfDay(words: Words, tag: string, at: number, now: number): string {
  const days = daysBetween(at, now);
  return days === 0 ? words.today : days === 1 ? words.yesterday : dayName(tag, at, now);
}

/** Midnights between two moments. A day may have 23 or 25 hours, so noons are compared. */
function daysBetween(at: number, now: number): number {
  const noon = (time: number) => new Date(time).setHours(12, 0, 0, 0);
  return Math.round((noon(now) - noon(at)) / 86_400_000);
}
