import type {
  AnnounceBody,
  Announced,
  CalendarPage,
  CalendarRefusal,
  CalendarScope,
  CalendarSettings,
  ChangeBody,
  RecordMessages,
  Registered,
} from '@relais/protocol/calendar';
import { asRecord } from '#lib/meeting/as-record.ts';

export type Asked<T = unknown> = { ok: true; value: T } | { ok: false; refusal: CalendarRefusal };

/** Milliseconds: a satellite link takes 600 for one way, and a recurrence is many meetings. */
const TIMEOUT = 20_000;

const PLAIN: readonly CalendarRefusal['kind'][] = [
  'foreignOrigin',
  'notSignedIn',
  'notAllowed',
  'meetingNotFound',
  'unknownCommunity',
  'linkInvalid',
  'tooManyMeetings',
  'isOver',
  'notOverYet',
  'registrationClosed',
  'changedMeanwhile',
];
const WHY = ['past', 'tooFar', 'tooMany', 'once'] as const;

/** Asks the hub about the calendar. Never throws: a network that failed is `unavailable`. */
async function ask<T>(method: string, path: string, body?: unknown): Promise<Asked<T>> {
  try {
    const response = await fetch(`/api/calendar${path}`, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
      signal: AbortSignal.timeout(TIMEOUT),
    });
    return readAsked<T>(await response.json());
  } catch {
    return { ok: false, refusal: { kind: 'unavailable' } };
  }
}

/** What the hub answered: checked there; zod would weigh more than these pages. */
export function readAsked<T>(body: unknown): Asked<T> {
  const { ok, value, refusal } = asRecord(body);
  if (ok === true) return { ok: true, value: value as T };
  return { ok: false, refusal: readRefusal(asRecord(refusal)) };
}

function readRefusal({ kind, retryAfterMs, email, why }: Record<string, unknown>): CalendarRefusal {
  if (kind === 'tooMany')
    return { kind, retryAfterMs: typeof retryAfterMs === 'number' ? retryAfterMs : 60_000 };
  if (kind === 'invalidInput') return { kind, issues: [] };
  if (kind === 'unknownAnimator') return { kind, email: String(email) };
  if (kind === 'notADate') return { kind, why: WHY.find((one) => one === why) ?? 'past' };
  const known = PLAIN.find((one) => one === kind);
  return known ? ({ kind: known } as CalendarRefusal) : { kind: 'unavailable' };
}

const of = (code: string) => `/meetings/${encodeURIComponent(code)}`;
type Sent<T> = Omit<T, 'code'>;

export const announce = (body: Sent<AnnounceBody>) => ask<Announced>('POST', '', body);
export const changeMeeting = (code: string, body: Sent<ChangeBody>) => ask('PUT', of(code), body);
export const cancelMeeting = (code: string, scope: CalendarScope, word: string) =>
  ask('POST', `${of(code)}/cancel`, { scope, word });
export const register = (
  code: string,
  body: { name?: string; email?: string; lang: 'fr' | 'en'; timeZone: string },
) => ask<Registered>('POST', `${of(code)}/registrations`, body);
export const cancelOwn = (code: string) => ask('DELETE', `${of(code)}/registrations/me`);
export const cancelByLink = (token: string) => ask('POST', '/registrations/cancel', { token });
export const saveReminders = (settings: CalendarSettings) => ask('PUT', '/me', settings);
export const renewFeed = () => ask<{ feedUrl: string }>('POST', '/me/feed');
export const readRecordMessages = (code: string, after: number) =>
  ask<RecordMessages>('GET', `${of(code)}/record/messages?after=${after}`);
/** How many are in a meeting; undefined: it is not known. */
export async function readPresent(code: string): Promise<number | undefined> {
  try {
    const response = await fetch(`/api/meetings/${encodeURIComponent(code)}`, {
      signal: AbortSignal.timeout(TIMEOUT),
    });
    const { people } = asRecord(asRecord(asRecord(await response.json())['value'])['present']);
    return typeof people === 'number' ? people : undefined;
  } catch {
    return undefined;
  }
}
export const communityFeed = (slug: string) =>
  ask<{ feedUrl: string }>('GET', `/communities/${encodeURIComponent(slug)}/feed`);
export const readList = (
  after: string,
  { community, isPast }: { community: string | undefined; isPast: boolean },
) => {
  const query = new URLSearchParams({ after, ...(community && { community }), ...(isPast && { past: '' }) });
  return ask<CalendarPage>('GET', `?${query}`);
};
