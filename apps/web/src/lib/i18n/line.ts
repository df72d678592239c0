import type { LineWords } from './fr-line.ts';
import type { Lang } from './lang.ts';

/** Words of one's own line: needed when it is thin, or looked at. */
export async function loadLineWords(lang: Lang): Promise<LineWords> {
  return lang === 'en' ? (await import('./en-line.ts')).enLine : (await import('./fr-line.ts')).frLine;
}
