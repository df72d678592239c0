import { loadPrepareWords } from '#lib/i18n/prepare.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => ({
  ...data,
  words: await loadPrepareWords((await parent()).lang),
});
