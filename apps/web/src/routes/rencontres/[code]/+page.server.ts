import { isNear } from '#lib/calendar/stages.ts';
import { askPresent, askRecord, askRegistrations, meetingOr404 } from '#lib/server/calendar.ts';
import { askMe } from '#lib/server/people.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { code } = event.params;
  const [meeting, who] = await Promise.all([meetingOr404(event, code), askMe(event)]);
  const now = Date.now();
  const runs = meeting.facilitatorKey !== null;
  const isSignedIn = who.kind === 'in';
  const endsAt = meeting.startsAt + meeting.minutes * 60_000;
  const isAfter = isSignedIn && !meeting.isCancelled && endsAt <= now;
  const [listed, present, record] = await Promise.all([
    runs && meeting.registration ? askRegistrations(event, code) : undefined,
    isNear(meeting, now) ? askPresent(event, code) : 0,
    isAfter ? askRecord(event, code) : undefined,
  ]);
  event.setHeaders({ 'cache-control': 'no-store' });
  return {
    meeting,
    registrations: listed?.kind === 'told' ? listed.value : [],
    present,
    record: record?.kind === 'told' ? record.value : null,
    isSignedIn,
    now,
  };
};
