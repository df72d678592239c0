import { error, redirect } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import { askWhereToAnnounce } from '#lib/server/calendar.ts';
import { askMe } from '#lib/server/people.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const who = await askMe(event);
  if (who.kind === 'nobody')
    redirect(303, `${resolve('/connexion')}?vers=${encodeURIComponent(event.url.pathname)}`);
  if (who.kind === 'hubAway') error(503, 'The hub does not answer', { kind: 'hubAway' });
  event.setHeaders({ 'cache-control': 'no-store' });
  return { communities: await askWhereToAnnounce(event, who.me.isAdministrator) };
};
