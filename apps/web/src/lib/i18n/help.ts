import type { HelpWords } from './fr-help.ts';
import type { Lang } from './lang.ts';

/** Words of helping somebody whose line is in trouble: needed by few, a moment after the page. */
export async function loadHelpWords(lang: Lang): Promise<HelpWords> {
  return lang === 'en' ? (await import('./en-help.ts')).enHelp : (await import('./fr-help.ts')).frHelp;
}
