import { askDoor, askMe } from '#lib/server/people.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const [door, who] = await Promise.all([askDoor(event), askMe(event)]);
  event.setHeaders({ 'cache-control': 'no-store' });
  return {
    // Without the hub one can still write; what is sent then is answered in words.
    door: door ?? { isFirst: false, provider: null, sendsMail: true },
    /** Whom this browser knows already. */
    name: who.kind === 'in' ? who.me.profile.name || who.me.email : null,
    providerFailed: event.url.searchParams.has('error'),
  };
};
