import { askRegistrations, meetingOr404 } from '#lib/server/calendar.ts';
import { askMe } from '#lib/server/people.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { code } = event.params;
  const [meeting, who] = await Promise.all([meetingOr404(event, code), askMe(event)]);
  const runs = meeting.facilitatorKey !== null;
  const listed = runs && meeting.registration ? await askRegistrations(event, code) : undefined;
  event.setHeaders({ 'cache-control': 'no-store' });
  return {
    meeting,
    registrations: listed?.kind === 'told' ? listed.value : [],
    isSignedIn: who.kind === 'in',
    now: Date.now(),
  };
};
