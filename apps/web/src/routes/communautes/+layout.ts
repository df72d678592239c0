import { loadCommunityWords } from '#lib/i18n/communities.ts';
import { loadPeopleWords } from '#lib/i18n/people.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ data, parent }) => {
  const { lang } = await parent();
  const [communityWords, peopleWords] = await Promise.all([loadCommunityWords(lang), loadPeopleWords(lang)]);
  return { ...data, communityWords, peopleWords };
};
