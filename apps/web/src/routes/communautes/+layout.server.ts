import { askMe } from '#lib/server/people.ts';
import type { LayoutServerLoad } from './$types';

/** Whom this browser knows; a page that is for those who are signed in sends others to sign in by itself. */
export const load: LayoutServerLoad = async (event) => {
  const who = await askMe(event);
  // What one sees here is one's own.
  event.setHeaders({ 'cache-control': 'no-store' });
  return { me: who.kind === 'in' ? who.me : null };
};
