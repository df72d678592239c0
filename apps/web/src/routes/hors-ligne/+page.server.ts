import { renderOffline } from '#lib/server/render-join.ts';
import type { PageServerLoad } from './$types';

/** Woken by lib/shell/offline-main.ts: it stands in the place of other pages, for which SvelteKit would look. */
export const csr = false;

export const load: PageServerLoad = async ({ locals }) => await renderOffline(locals.lang);
