import { redirect } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import { meetingOr404 } from '#lib/server/calendar.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { code } = event.params;
  const meeting = await meetingOr404(event, code);
  // Who does not run it, and what cannot be changed any more, is shown as it is.
  if (meeting.facilitatorKey === null || meeting.isCancelled || meeting.startsAt <= Date.now())
    redirect(303, resolve('/rencontres/[code]', { code }));
  event.setHeaders({ 'cache-control': 'no-store' });
  return { meeting };
};
