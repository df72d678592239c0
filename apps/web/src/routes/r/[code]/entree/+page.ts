import { loadEntryWords } from '#lib/i18n/entry.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => ({
  ...data,
  words: await loadEntryWords((await parent()).lang),
});
