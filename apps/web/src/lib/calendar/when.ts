import { hoursInOnePiece } from '#lib/i18n/moment.ts';

/** "jeudi 4 mars 2026 à 19 h 00 (heure de l’Est)": an instant as it is said in a zone. */
export function whenIn(locale: string, at: number, timeZone: string): string {
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', timeZone }).format(at);
  return `${hoursInOnePiece(locale, day)} (${zoneName(locale, at, timeZone)})`;
}

/** "heure de l’Est (Toronto)": a zone as it is chosen from a list; its own name where the language has none. */
export function zoneLabel(locale: string, timeZone: string): string {
  const place = timeZone.split('/').at(-1)?.replaceAll('_', ' ') ?? timeZone;
  const name = zoneName(locale, Date.now(), timeZone);
  return place === name ? name : `${name} (${place})`;
}

export function zoneName(locale: string, at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'longGeneric' }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}

/** "19 h 05", with its day where that is another than the one beside which it is read. */
export function momentIn(
  locale: string,
  at: number,
  { timeZone, beside }: { timeZone: string; beside: number },
): string {
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone });
  const time = hoursInOnePiece(
    locale,
    new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone }).format(at),
  );
  return day.format(at) === day.format(beside) ? time : `${day.format(at)}, ${time}`;
}

/** Whether clocks of two zones show the same then. */
export function isSameTime(at: number, one: string, other: string): boolean {
  const [a, b] = [one, other].map((timeZone) =>
    new Intl.DateTimeFormat('en', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at),
  );
  return a === b;
}

export const ownZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The fields of a form: `2026-03-04` and `19:00`, by the clock of a zone. */
export function fieldsOf(at: number, timeZone: string): { date: string; time: string } {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (name: string) => parts.find(({ type }) => type === name)?.value ?? '';
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}`,
  };
}

/** Those of a region's neighbours; the reader's own stands first where it is another. */
const ZONES = [
  'America/Toronto',
  'America/Halifax',
  'America/St_Johns',
  'America/Winnipeg',
  'America/Edmonton',
  'America/Vancouver',
  'America/Iqaluit',
  'Europe/Paris',
  'UTC',
];
export const zonesWith = (...others: string[]) => [...new Set([...ZONES, ...others])];
