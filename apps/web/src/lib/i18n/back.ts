import type { BackWords } from './fr-back.ts';
import type { Lang } from './lang.ts';

/** Words for who comes back: downloaded a little after the page, so that they are there when the network was not. */
export async function loadBackWords(lang: Lang): Promise<BackWords> {
  return lang === 'en' ? (await import('./en-back.ts')).enBack : (await import('./fr-back.ts')).frBack;
}
