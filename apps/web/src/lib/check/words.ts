import type { CheckWords } from '../i18n/fr-check.ts';
import type { Lang } from '../i18n/lang.ts';

/** Words of the connection check, and of what the animator sees of it: nobody else's page carries them. */
export async function loadCheckWords(lang: Lang): Promise<CheckWords> {
  return lang === 'en'
    ? (await import('../i18n/en-check.ts')).enCheck
    : (await import('../i18n/fr-check.ts')).frCheck;
}
