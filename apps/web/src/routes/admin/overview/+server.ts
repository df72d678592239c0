import { json } from '@sveltejs/kit';
import { ADMIN_COOKIE, askOverview, type Told } from '#lib/server/admin.ts';
import type { RequestHandler } from './$types';

/** The same figures again, for the page that shows them; the token stays in the cookie. */
export const GET: RequestHandler = async ({ cookies, fetch, getClientAddress }) => {
  const token = cookies.get(ADMIN_COOKIE);
  const told: Told = token ? await askOverview(token, getClientAddress(), fetch) : { kind: 'wrongToken' };
  const headers = { 'cache-control': 'no-store' };
  if (told.kind === 'told') return json(told.overview, { headers });
  return json({ kind: told.kind }, { status: STATUS[told.kind], headers });
};

const STATUS = { wrongToken: 401, off: 404, tooMany: 429, hubAway: 503 } as const;
