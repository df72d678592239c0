import { unreachable, type Result } from '@relais/kit';
import { meetingCode, type MeetingCode } from '@relais/protocol';
import {
  announceBody,
  calendarSettings,
  cancelBody,
  changeBody,
  recordFileQuery,
  registerBody,
  registrationTokenBody,
  type CalendarRefusal,
} from '@relais/protocol/calendar';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express, { Router, type NextFunction, type Request, type Response } from 'express';
import type { z } from 'zod';
import type { CalendarCursor } from '../ports/calendar-store.ts';
import type { Calendar } from '../features/calendar/calendar.ts';
import type { People } from '../features/people/people.ts';
import { issuesOf } from '../issues-of.ts';
import type { RateLimiter } from '../ports/rate-limiter.ts';
import { clientAddress } from './client-address.ts';
import { isOwnOrigin } from './own-origin.ts';

export interface CalendarApiDeps {
  calendar: Calendar;
  people: Pick<People, 'signIn' | 'publicUrl'>;
  limiter: RateLimiter;
  internalToken: string | undefined;
}

const READ_PER_ADDRESS = { limit: 600, windowMs: 60_000 };
const WRITTEN_PER_ADDRESS = { limit: 60, windowMs: 60_000 };

type Answer<T = unknown> = Result<T, CalendarRefusal>;
type Tell<T> = (response: Response, result: Answer<T>) => void;
interface Asked {
  request: Request;
  /** Undefined: nobody is signed in. */
  personId: string | undefined;
}

/** [CAL-1] Meetings that have a date, at `/calendar`. To be mounted before the API's own reading of bodies, like accounts [PEOPLE-5]. */
export function createCalendarApi({ calendar, people, limiter, internalToken }: CalendarApiDeps): Router {
  const api = Router();
  const { meetings, registrations, record } = calendar;

  api.use('/calendar', async (request: Request, response: Response, next: NextFunction) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead && !isOwnOrigin(request, { publicUrl: people.publicUrl(), internalToken }))
      return refuse(response, { kind: 'foreignOrigin' });
    const address = clientAddress(request, internalToken);
    const taken = await limiter.take(
      `calendar:${isRead ? 'read' : 'write'}:${address}`,
      isRead ? READ_PER_ADDRESS : WRITTEN_PER_ADDRESS,
    );
    if (taken.ok) next();
    else refuse(response, { kind: 'tooMany', retryAfterMs: taken.retryAfterMs });
  });
  const json = express.json({ limit: '64kb', strict: true });

  /** Whoever asks, with their account where they have one. */
  const anybody =
    <T>(act: (asked: Asked) => Promise<Answer<T>>, tell: Tell<T> = answer) =>
    async (request: Request, response: Response) => {
      const headers = new Headers();
      for (const name of ['cookie', 'user-agent']) {
        const value = request.get(name);
        if (value) headers.set(name, value);
      }
      const { result, cookies } = await people.signIn.whoIs(headers);
      for (const cookie of cookies) response.append('set-cookie', cookie);
      if (!result.ok) return refuse(response, { kind: 'unavailable' });
      tell(response, await act({ request, personId: result.value?.personId }));
    };
  const signedIn = <T>(act: (personId: string, request: Request) => Promise<Answer<T>>, tell?: Tell<T>) =>
    anybody<T>(
      async ({ request, personId }) =>
        personId === undefined ? refused({ kind: 'notSignedIn' }) : act(personId, request),
      tell,
    );

  api.get(
    '/calendar',
    signedIn(async (personId, { query }) => {
      const community = typeof query['community'] === 'string' ? query['community'] : undefined;
      const isPast = query['past'] !== undefined;
      return meetings.list(personId, { community, isPast, after: readCursor(query['after']) });
    }),
  );
  api.post(
    '/calendar',
    json,
    signedIn((personId, { body }) => fitting(announceBody, body, (fit) => meetings.announce(personId, fit))),
  );
  api.get(
    '/calendar/me',
    signedIn((personId) => registrations.own(personId)),
  );
  api.put(
    '/calendar/me',
    json,
    signedIn((personId, { body }) =>
      fitting(calendarSettings, body, (fit) => registrations.save(personId, fit)),
    ),
  );
  api.post(
    '/calendar/me/feed',
    signedIn((personId) => registrations.renewFeed(personId)),
  );
  api.get(
    '/calendar/communities/:slug/feed',
    signedIn((personId, { params }) => registrations.communityFeed(personId, String(params['slug']))),
  );
  api.get(
    '/calendar/feeds/:feed',
    anybody(({ request }) => registrations.feed(String(request.params['feed'])), file),
  );
  api.post(
    '/calendar/registrations/cancel',
    json,
    anybody(({ request }) =>
      fitting(registrationTokenBody, request.body, ({ token }) => registrations.cancel(token)),
    ),
  );
  api.get(
    '/calendar/meetings/:code',
    anybody(({ request, personId }) => named(request, (code) => meetings.read(code, personId))),
  );
  api.get(
    '/calendar/meetings/:code/file',
    anybody(({ request, personId }) => named(request, (code) => registrations.file(code, personId)), file),
  );
  api.put(
    '/calendar/meetings/:code',
    json,
    signedIn((personId, request) =>
      named(request, (code) =>
        fitting(changeBody, request.body, (fit) => meetings.change(personId, code, fit)),
      ),
    ),
  );
  api.post(
    '/calendar/meetings/:code/cancel',
    json,
    signedIn((personId, request) =>
      named(request, (code) =>
        fitting(cancelBody, request.body, (fit) => meetings.cancel(personId, code, fit)),
      ),
    ),
  );
  api.get(
    '/calendar/meetings/:code/registrations',
    signedIn((personId, request) => named(request, (code) => meetings.registrations(personId, code))),
  );
  api.get(
    '/calendar/meetings/:code/record',
    signedIn((personId, request) => named(request, (code) => record.read(personId, code))),
  );
  api.get(
    '/calendar/meetings/:code/record/messages',
    signedIn((personId, request) =>
      named(request, (code) => record.messages(personId, code, versionOf(request.query['after']))),
    ),
  );
  api.get(
    '/calendar/meetings/:code/record/file',
    signedIn(
      (personId, request) =>
        named(request, (code) =>
          fitting(recordFileQuery, request.query, (asked) => record.file(personId, code, asked)),
        ),
      pieces,
    ),
  );
  api.post(
    '/calendar/meetings/:code/registrations',
    json,
    anybody(({ request, personId }) =>
      named(request, (code) =>
        fitting(registerBody, request.body, (fit) => registrations.register(code, personId, fit)),
      ),
    ),
  );
  api.delete(
    '/calendar/meetings/:code/registrations/me',
    signedIn((personId, request) => named(request, (code) => registrations.cancelOwn(personId, code))),
  );
  return api;
}

const refused = (error: CalendarRefusal) => ({ ok: false, error }) as const;

async function fitting<S extends z.ZodType, T>(
  schema: S,
  body: unknown,
  act: (fit: z.infer<S>) => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const fit = schema.safeParse(body);
  return fit.success ? act(fit.data) : refused({ kind: 'invalidInput', issues: issuesOf(fit.error) });
}

/** [REF-4] A code that cannot be is one that is not there. */
async function named<T>(
  request: Request,
  act: (code: MeetingCode) => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const code = meetingCode.safeParse(request.params['code']);
  return code.success ? act(code.data) : refused({ kind: 'meetingNotFound' });
}

/** What is none begins the list. */
function readCursor(text: unknown): CalendarCursor | undefined {
  const [, startsAt, meetingId] = /^(\d{1,15})\.([A-Za-z0-9_-]{1,64})$/.exec(String(text)) ?? [];
  return startsAt && meetingId ? { startsAt: Number(startsAt), meetingId } : undefined;
}

/** What is none begins the list. */
const versionOf = (text: unknown) => (/^\d{1,9}$/.test(String(text)) ? Number(text) : 0);

function answer(response: Response, result: Answer): void {
  if (result.ok) response.json({ ok: true, value: result.value ?? null });
  else refuse(response, result.error);
}

function file(response: Response, result: Answer<string>): void {
  if (!result.ok) return refuse(response, result.error);
  response.set({
    'content-type': 'text/calendar; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'content-disposition': 'attachment; filename="relais.ics"',
  });
  response.send(result.value);
}

/** A text that is written as it is read; where that fails the connection is cut, so that nobody takes a part for the whole. */
function pieces(response: Response, result: Answer<AsyncIterable<string>>): void {
  if (!result.ok) return refuse(response, result.error);
  response.set({
    'content-type': 'text/plain; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'content-disposition': 'attachment; filename="relais.txt"',
  });
  pipeline(Readable.from(result.value), response).catch(() => response.destroy());
}

function refuse(response: Response, refusal: CalendarRefusal): void {
  if (refusal.kind === 'tooMany') response.set('retry-after', String(Math.ceil(refusal.retryAfterMs / 1000)));
  response.status(statusOf(refusal)).json({ ok: false, refusal });
}

function statusOf(refusal: CalendarRefusal): number {
  switch (refusal.kind) {
    case 'invalidInput':
    case 'notADate':
    case 'unknownAnimator':
      return 400;
    case 'notSignedIn':
      return 401;
    case 'foreignOrigin':
    case 'notAllowed':
      return 403;
    case 'meetingNotFound':
    case 'unknownCommunity':
    case 'linkInvalid':
      return 404;
    case 'isOver':
    case 'registrationClosed':
    case 'notOverYet':
    case 'changedMeanwhile':
    case 'tooManyMeetings':
      return 409;
    case 'tooMany':
      return 429;
    case 'unavailable':
      return 503;
    default:
      return unreachable(refusal);
  }
}
