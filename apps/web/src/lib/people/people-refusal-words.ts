import type { PeopleRefusal } from '@relais/protocol/people';
import type { PeopleWords } from '#lib/i18n/fr-people.ts';

/** What a person reads of a refusal: the catalogues' type holds words for each kind. */
export function peopleRefusalWords<K extends PeopleRefusal['kind']>(
  words: PeopleWords,
  refusal: Extract<PeopleRefusal, { kind: K }> & { kind: K },
): string {
  const say: (refusal: Extract<PeopleRefusal, { kind: K }>) => string = words.refusals[refusal.kind];
  return say(refusal);
}
