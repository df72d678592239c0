import type { NotesWords } from './fr-notes.ts';
import type { Lang } from './lang.ts';

/** Words of the notes and of the harvest. */
export async function loadNotesWords(lang: Lang): Promise<NotesWords> {
  return lang === 'en' ? (await import('./en-notes.ts')).enNotes : (await import('./fr-notes.ts')).frNotes;
}
