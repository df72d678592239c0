import { loadAdminWords } from '#lib/i18n/admin.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data, parent }) => ({
  ...data,
  adminWords: await loadAdminWords((await parent()).lang),
});
