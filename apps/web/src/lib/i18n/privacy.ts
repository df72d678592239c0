import type { PrivacyWords } from './fr-privacy.ts';
import type { Lang } from './lang.ts';

/** Words of personal information: nobody's page of a meeting carries them. */
export async function loadPrivacyWords(lang: Lang): Promise<PrivacyWords> {
  return lang === 'en'
    ? (await import('./en-privacy.ts')).enPrivacy
    : (await import('./fr-privacy.ts')).frPrivacy;
}
