import { error, redirect } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import { askComing, askOwnCalendar } from '#lib/server/calendar.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const [coming, own] = await Promise.all([askComing(event), askOwnCalendar(event)]);
  if (coming.kind === 'not' && coming.status === 401)
    redirect(303, `${resolve('/connexion')}?vers=${encodeURIComponent(event.url.pathname)}`);
  if (coming.kind === 'not' || own.kind === 'not') error(503, 'The hub does not answer', { kind: 'hubAway' });
  event.setHeaders({ 'cache-control': 'no-store' });
  return { coming: coming.value, own: own.value };
};
