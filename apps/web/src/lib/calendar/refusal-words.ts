import type { CalendarRefusal } from '@relais/protocol/calendar';
import type { CalendarWords } from '#lib/i18n/fr-calendar.ts';

/** What a person reads of a refusal: the catalogues' type holds words for each kind. */
export function calendarRefusalWords<K extends CalendarRefusal['kind']>(
  words: CalendarWords,
  refusal: Extract<CalendarRefusal, { kind: K }> & { kind: K },
): string {
  const say: (refusal: Extract<CalendarRefusal, { kind: K }>) => string = words.refusals[refusal.kind];
  return say(refusal);
}
