import type { ShellWords } from './fr-shell.ts';
import type { Lang } from './lang.ts';

/** Words of the page that stands in the place of one that cannot be had. */
export async function loadShellWords(lang: Lang): Promise<ShellWords> {
  return lang === 'en' ? (await import('./en-shell.ts')).enShell : (await import('./fr-shell.ts')).frShell;
}
