import { loadPeopleWords } from '#lib/i18n/people.ts';
import { loadPrivacyWords } from '#lib/i18n/privacy.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => {
  const { lang } = await parent();
  const [peopleWords, privacyWords] = await Promise.all([loadPeopleWords(lang), loadPrivacyWords(lang)]);
  return { ...data, peopleWords, privacyWords };
};
