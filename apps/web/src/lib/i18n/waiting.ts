import type { WaitingWords } from './fr-waiting.ts';
import type { Lang } from './lang.ts';

/** Words of the waiting room, for who waits. */
export async function loadWaitingWords(lang: Lang): Promise<WaitingWords> {
  return lang === 'en'
    ? (await import('./en-waiting.ts')).enWaiting
    : (await import('./fr-waiting.ts')).frWaiting;
}
