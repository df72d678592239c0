import { error, redirect } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import { readCode } from '#lib/meeting/meeting-code.ts';
import { findMeeting } from '#lib/server/find-meeting.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { params, locals } = event;
  const code = readCode(params.code);
  if (code === undefined) error(404, 'No meeting has this code', { kind: 'meetingNotFound' });
  if (code !== params.code) redirect(308, resolve('/r/[code]/sous-groupes', { code }));
  const found = await findMeeting(code, locals.lang, event);
  if (found.kind === 'meetingNotFound') error(404, 'No meeting has this code', { kind: 'meetingNotFound' });
  if (found.kind === 'hubAway') error(503, 'The hub does not answer', { kind: 'hubAway' });
  return { meeting: { code, title: found.title, isKept: found.door === 'reserved' } };
};
