import { error, redirect } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import { readCode } from '#lib/meeting/meeting-code.ts';
import { findMeeting } from '#lib/server/find-meeting.ts';
import { renderJoin } from '#lib/server/render-join.ts';
import type { PageServerLoad } from './$types';

/** In the browser the page is woken by lib/join/main.ts: SvelteKit's router would be two tenths of all that is fetched. */
export const csr = false;

export const load: PageServerLoad = async (event) => {
  const { params, locals } = event;
  const code = readCode(params.code);
  if (code === undefined) error(404, 'No meeting has this code', { kind: 'meetingNotFound' });
  if (code !== params.code) redirect(308, resolve('/r/[code]', { code }));
  const found = await findMeeting(code, locals.lang, event);
  if (found.kind === 'meetingNotFound') error(404, 'No meeting has this code', { kind: 'meetingNotFound' });
  if (found.kind === 'hubAway') error(503, 'The hub does not answer', { kind: 'hubAway' });
  const { title, door } = found;
  return { title, ...(await renderJoin({ code, title, lang: locals.lang, door })) };
};
