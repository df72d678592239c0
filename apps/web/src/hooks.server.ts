import { redirect } from '@sveltejs/kit';
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import { LANG_COOKIE, LANG_COOKIE_AGE, readLang, TAGS } from '#lib/i18n/lang.ts';

/** The language comes from the cookie; `?lang=en` sets it, for who has no script. */
export const handle: Handle = async ({ event, resolve }) => {
  const asked = event.url.searchParams.get(LANG_COOKIE);
  if (asked !== null) {
    event.cookies.set(LANG_COOKIE, readLang(asked), {
      path: '/',
      maxAge: LANG_COOKIE_AGE,
      sameSite: 'lax',
      httpOnly: false,
      secure: false, // no secret, and a village hall's server may be plain http
    });
    // One slash only: `//elsewhere` would be another site.
    redirect(303, event.url.pathname.replace(/^\/+/, '/'));
  }
  const lang = readLang(event.cookies.get(LANG_COOKIE));
  event.locals.lang = lang;
  return resolve(event, {
    transformPageChunk: ({ html }) => html.replace('%lang%', TAGS[lang]),
  });
};

/** Expected errors carry their words; what nobody foresaw is logged here and shown without its details. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind !== 'unknown') return;
  console.error('page failed', event.url.pathname, error);
};
