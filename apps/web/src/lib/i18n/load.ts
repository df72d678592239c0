import type { LateCatalogue } from './fr-late.ts';
import type { Catalogue } from './fr.ts';
import type { Lang } from './lang.ts';

/** One catalogue is downloaded, the one that is read. */
export async function loadCatalogue(lang: Lang): Promise<Catalogue> {
  return lang === 'en' ? (await import('./en.ts')).en : (await import('./fr.ts')).fr;
}

/** The words that joining does without. */
export async function loadLateCatalogue(lang: Lang): Promise<LateCatalogue> {
  return lang === 'en' ? (await import('./en-late.ts')).enLate : (await import('./fr-late.ts')).frLate;
}
