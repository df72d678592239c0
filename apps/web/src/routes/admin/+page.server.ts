import { fail, redirect, type Cookies } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import { ADMIN_COOKIE, askOverview } from '#lib/server/admin.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ cookies, fetch, getClientAddress, setHeaders }) => {
  setHeaders({
    'cache-control': 'no-store',
    // Under the `no-referrer` of all other pages the browser would not say whose form it sends, and it were refused.
    'referrer-policy': 'same-origin',
  });
  const token = cookies.get(ADMIN_COOKIE);
  if (!token) return { signedIn: false, overview: null };
  const told = await askOverview(token, getClientAddress(), fetch);
  if (told.kind === 'told') return { signedIn: true, overview: told.overview };
  const signedIn = told.kind === 'hubAway' || told.kind === 'tooMany';
  if (!signedIn) forget(cookies);
  return { signedIn, overview: null };
};

export const actions: Actions = {
  open: async ({ request, cookies, url, fetch, getClientAddress }) => {
    const given = (await request.formData()).get('token');
    const token = typeof given === 'string' ? given.trim() : '';
    const told = await askOverview(token, getClientAddress(), fetch);
    if (told.kind !== 'told') return fail(told.kind === 'hubAway' ? 503 : 403, { problem: told.kind });
    cookies.set(ADMIN_COOKIE, token, {
      path: resolve('/admin'),
      httpOnly: true,
      sameSite: 'strict',
      // No maxAge: it ends with the browser's session. A village hall's server may be plain http.
      secure: url.protocol === 'https:',
    });
    redirect(303, resolve('/admin'));
  },
  close: ({ cookies }) => {
    forget(cookies);
    redirect(303, resolve('/admin'));
  },
};

function forget(cookies: Cookies): void {
  cookies.delete(ADMIN_COOKIE, { path: resolve('/admin') });
}
