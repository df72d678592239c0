import { loadPeopleWords } from '#lib/i18n/people.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => ({
  ...data,
  peopleWords: await loadPeopleWords((await parent()).lang),
});
