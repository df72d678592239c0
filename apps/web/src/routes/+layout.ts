import { loadCatalogue, loadLateCatalogue } from '#lib/i18n/load.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ data }) => ({
  lang: data.lang,
  words: await loadCatalogue(data.lang),
  late: await loadLateCatalogue(data.lang),
});
