import type { PrepareWords } from './fr-prepare.ts';
import type { Lang } from './lang.ts';

/** Words for who prepares sub-groups, in a meeting or before it. */
export async function loadPrepareWords(lang: Lang): Promise<PrepareWords> {
  return lang === 'en'
    ? (await import('./en-prepare.ts')).enPrepare
    : (await import('./fr-prepare.ts')).frPrepare;
}
