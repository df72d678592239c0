import { askMe } from '#lib/server/people.ts';
import type { PageServerLoad } from './$types';

/** Who has this browser, for the head of the page; the page is the same without. */
export const load: PageServerLoad = async (event) => {
  const who = await askMe(event);
  if (who.kind !== 'in') return { who: null };
  event.setHeaders({ 'cache-control': 'no-store' });
  return { who: who.me.profile.name || who.me.email };
};
