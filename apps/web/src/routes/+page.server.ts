import { askComing } from '#lib/server/calendar.ts';
import { askMe } from '#lib/server/people.ts';
import type { PageServerLoad } from './$types';

/** Who has this browser, for the head of the page, and what comes for them; the page is the same without. */
export const load: PageServerLoad = async (event) => {
  const [who, coming] = await Promise.all([askMe(event), askComing(event)]);
  if (who.kind !== 'in') return { who: null, coming: null };
  event.setHeaders({ 'cache-control': 'no-store' });
  return {
    who: who.me.profile.name || who.me.email,
    coming: coming.kind === 'told' ? coming.value : null,
  };
};
