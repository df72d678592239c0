import { redirect } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import { ADMIN_COOKIE, askMails } from '#lib/server/admin.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ cookies, fetch, getClientAddress, setHeaders, url }) => {
  setHeaders({ 'cache-control': 'no-store' });
  const token = cookies.get(ADMIN_COOKIE);
  if (!token) redirect(303, resolve('/admin'));
  const before = url.searchParams.get('avant');
  const told = await askMails(token, getClientAddress(), { before, fetch });
  if (told.kind === 'wrongToken' || told.kind === 'off') redirect(303, resolve('/admin'));
  return { mails: told.kind === 'told' ? told.mails : null, isFirst: before === null };
};
