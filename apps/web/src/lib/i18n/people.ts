import type { PeopleWords } from './fr-people.ts';
import type { Lang } from './lang.ts';

/** Words of accounts: nobody's page of a meeting carries them. */
export async function loadPeopleWords(lang: Lang): Promise<PeopleWords> {
  return lang === 'en'
    ? (await import('./en-people.ts')).enPeople
    : (await import('./fr-people.ts')).frPeople;
}
