import { error, redirect } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import { askMails } from '#lib/server/people.ts';
import type { PageServerLoad } from './$types';

/** [MAIL-7] For who administers the site; to anybody else there is no such page. */
export const load: PageServerLoad = async (event) => {
  const told = await askMails(event);
  if (told.kind === 'nobody') redirect(303, resolve('/connexion'));
  if (told.kind === 'notAllowed') error(404, 'Not found');
  if (told.kind === 'hubAway') error(503, 'The hub does not answer', { kind: 'hubAway' });
  event.setHeaders({ 'cache-control': 'no-store' });
  return { mails: told.mails };
};
