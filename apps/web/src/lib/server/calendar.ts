import {
  calendarMeeting,
  calendarPage,
  meetingRecord,
  ownCalendar,
  registrationView,
  type CalendarMeeting,
  type CalendarPage,
  type MeetingRecord,
  type OwnCalendar,
  type RegistrationView,
} from '@relais/protocol/calendar';
import { meetingSummary } from '@relais/protocol';
import { communitiesView } from '@relais/protocol/communities';
import { error } from '@sveltejs/kit';
import { asRecord } from '#lib/meeting/as-record.ts';
import { askAs, askMe, type Asking } from './people.ts';

export type Told<T> = { kind: 'told'; value: T } | { kind: 'not'; status: number };

/** What the hub tells; never throws: a hub that is away is a status of its own. */
async function tell<T>(asking: Asking, path: string, parse: (value: unknown) => T): Promise<Told<T>> {
  try {
    const response = await askAs(asking, path);
    if (!response.ok) return { kind: 'not', status: response.status };
    return { kind: 'told', value: parse(asRecord(await response.json())['value']) };
  } catch {
    return { kind: 'not', status: 503 };
  }
}

/** What comes for who asks; of one community alone where it is named. */
export const askComing = (asking: Asking, community?: string): Promise<Told<CalendarPage>> =>
  askList(asking, { ...(community !== undefined && { community }) });

/** [CAL-12] */
export const askPast = (asking: Asking, community: string | null): Promise<Told<CalendarPage>> =>
  askList(asking, { past: '', ...(community !== null && { community }) });

const askList = (asking: Asking, query: Record<string, string>): Promise<Told<CalendarPage>> =>
  tell(asking, `/calendar?${new URLSearchParams(query)}`, (value) => calendarPage.parse(value));

export const askOwnCalendar = (asking: Asking): Promise<Told<OwnCalendar>> =>
  tell(asking, '/calendar/me', (value) => ownCalendar.parse(value));

export const askRegistrations = (asking: Asking, code: string): Promise<Told<RegistrationView[]>> =>
  tell(asking, `/calendar/meetings/${encodeURIComponent(code)}/registrations`, (value) =>
    registrationView.array().parse(value),
  );

/** [CAL-8] What is left of a meeting, for who may read it. */
export const askRecord = (asking: Asking, code: string): Promise<Told<MeetingRecord>> =>
  tell(asking, `/calendar/meetings/${encodeURIComponent(code)}/record`, (value) =>
    meetingRecord.parse(value),
  );

/** How many are in a meeting; nobody where it is not known. */
export async function askPresent(asking: Asking, code: string): Promise<number> {
  const told = await tell(asking, `/meetings/${encodeURIComponent(code)}`, (value) =>
    meetingSummary.parse(value),
  );
  return told.kind === 'told' ? (told.value.present?.people ?? 0) : 0;
}

/** The meeting of a page, or the page that says why there is none. */
export async function meetingOr404(asking: Asking, code: string): Promise<CalendarMeeting> {
  const told = await tell(asking, `/calendar/meetings/${encodeURIComponent(code)}`, (value) =>
    calendarMeeting.parse(value),
  );
  if (told.kind === 'told') return told.value;
  if (told.status === 404) {
    // [CAL-9] One that is kept for others is told like one that is not there; who signs in may be one of them.
    const who = await askMe(asking);
    error(404, 'Not found', { kind: 'calendarMeeting', signIn: who.kind === 'nobody' });
  }
  error(503, 'The hub does not answer', { kind: 'hubAway' });
}

/** Communities for which somebody may announce. */
export async function askWhereToAnnounce(
  asking: Asking,
  isAdministrator: boolean,
): Promise<{ slug: string; name: string }[]> {
  const told = await tell(asking, '/communities', (value) => communitiesView.parse(value));
  if (told.kind === 'not') return [];
  return told.value.communities
    .filter(({ mine }) => isAdministrator || mine.role === 'coordinator' || mine.role === 'animator')
    .map(({ slug, name }) => ({ slug, name }));
}
