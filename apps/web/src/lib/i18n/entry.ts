import type { EntryWords } from './fr-entry.ts';
import type { Lang } from './lang.ts';

/** Words for who says who may enter a meeting. */
export async function loadEntryWords(lang: Lang): Promise<EntryWords> {
  return lang === 'en' ? (await import('./en-entry.ts')).enEntry : (await import('./fr-entry.ts')).frEntry;
}
