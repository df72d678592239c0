import { error, redirect } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import { askPast } from '#lib/server/calendar.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { pathname, search, searchParams } = event.url;
  const community = searchParams.get('communaute');
  const past = await askPast(event, community);
  if (past.kind === 'not' && past.status === 401)
    redirect(303, `${resolve('/connexion')}?vers=${encodeURIComponent(pathname + search)}`);
  if (past.kind === 'not' && past.status === 404) error(404, 'No such community');
  if (past.kind === 'not') error(503, 'The hub does not answer', { kind: 'hubAway' });
  event.setHeaders({ 'cache-control': 'no-store' });
  return { past: past.value, community };
};
