import type { CalendarWords } from './fr-calendar.ts';
import type { Lang } from './lang.ts';

/** Words of the calendar: nobody's page of a meeting carries them. */
export async function loadCalendarWords(lang: Lang): Promise<CalendarWords> {
  return lang === 'en'
    ? (await import('./en-calendar.ts')).enCalendar
    : (await import('./fr-calendar.ts')).frCalendar;
}
