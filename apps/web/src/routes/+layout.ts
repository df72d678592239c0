import { loadCatalogue, loadLateCatalogue } from '#lib/i18n/load.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ data: { lang } }) => {
  const [words, late] = await Promise.all([loadCatalogue(lang), loadLateCatalogue(lang)]);
  return { lang, words, late };
};
