import { error, redirect } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import { askDoor, askMe } from '#lib/server/people.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const [who, door] = await Promise.all([askMe(event), askDoor(event)]);
  if (who.kind === 'nobody') redirect(303, resolve('/connexion'));
  if (who.kind === 'hubAway') error(503, 'The hub does not answer', { kind: 'hubAway' });
  event.setHeaders({ 'cache-control': 'no-store' });
  return { me: who.me, sendsMail: door?.sendsMail ?? true };
};
