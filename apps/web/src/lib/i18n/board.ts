import type { BoardWords } from './fr-board.ts';
import type { Lang } from './lang.ts';

/** Words for who runs sub-groups. */
export async function loadBoardWords(lang: Lang): Promise<BoardWords> {
  return lang === 'en' ? (await import('./en-board.ts')).enBoard : (await import('./fr-board.ts')).frBoard;
}
