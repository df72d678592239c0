import { loadCatalogue } from '#lib/i18n/load.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ data }) => ({
  lang: data.lang,
  words: await loadCatalogue(data.lang),
});
