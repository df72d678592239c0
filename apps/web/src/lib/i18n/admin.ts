import type { AdminWords } from './fr-admin.ts';
import type { Lang } from './lang.ts';

/** Words of the admin page alone: nobody else's page carries them. */
export async function loadAdminWords(lang: Lang): Promise<AdminWords> {
  return lang === 'en' ? (await import('./en-admin.ts')).enAdmin : (await import('./fr-admin.ts')).frAdmin;
}
