import { loadPrivacyWords } from '#lib/i18n/privacy.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => ({
  ...data,
  privacyWords: await loadPrivacyWords((await parent()).lang),
});
