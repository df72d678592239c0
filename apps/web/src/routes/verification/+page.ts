import { loadCheckWords } from '#lib/check/words.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent }) => ({ words: await loadCheckWords((await parent()).lang) });
