import { randomUUID } from 'node:crypto';
import { createMeetingBody, facilitatorKey, meetingCode, type Refusal } from '@relais/protocol';
import express, { Router, type ErrorRequestHandler, type Request, type Response } from 'express';
import type { Logger } from 'pino';
import type { PlansService } from '../features/breakout/plans.service.ts';
import type { CheckReportsService } from '../features/check/check-reports.service.ts';
import type { Accounts } from '../ports/accounts.ts';
import type { EntrySettingsService } from '../features/entry/entry-settings.service.ts';
import type { MeetingDirectory } from '../features/meeting/meeting-directory.ts';
import type { Communities } from '../features/communities/communities.ts';
import type { Calendar } from '../features/calendar/calendar.ts';
import type { People } from '../features/people/people.ts';
import type { Privacy } from '../features/privacy/privacy.ts';
import type { RateLimiter } from '../ports/rate-limiter.ts';
import { issuesOf } from '../issues-of.ts';
import { createCalendarApi } from './calendar-api.ts';
import { createCheckApi } from './check-api.ts';
import { clientAddress } from './client-address.ts';
import { createCommunitiesApi } from './communities-api.ts';
import { createEntryApi } from './entry-api.ts';
import { createPeopleApi } from './people-api.ts';
import { createPrivacyApi } from './privacy-api.ts';
import { createPlansApi } from './plans-api.ts';
import { createProbeApi } from './probe-api.ts';
import { createSeatApi, type SeatApiDeps } from './seat-api.ts';
import { refuse } from './answers.ts';
import { readRight } from './bearer.ts';

const MEETINGS_PER_ADDRESS = { limit: 60, windowMs: 60_000 };
/** Generous, as joining: it is also what stands between a machine and guessing codes. */
const LOOKUPS_PER_ADDRESS = { limit: 600, windowMs: 60_000 };

export interface ApiDeps {
  directory: MeetingDirectory;
  limiter: RateLimiter;
  logger: Logger;
  internalToken: string | undefined;
  reports: CheckReportsService;
  plans: PlansService;
  entry: EntrySettingsService;
  accounts: Pick<Accounts, 'cameWith'>;
  meetings: SeatApiDeps['meetings'];
  /** Without it there are no accounts, and meetings all the same. */
  people?: People | undefined;
  communities?: Communities | undefined;
  privacy?: Privacy | undefined;
  /** Over accounts; without it meetings have no date. */
  calendar?: Calendar | undefined;
}

/** The HTTP API, to be mounted at /api. Bodies are JSON; refusals are typed as on the socket. */
export function createApi({
  directory,
  limiter,
  logger,
  internalToken,
  reports,
  plans,
  entry,
  meetings,
  people,
  communities,
  privacy,
  accounts,
  calendar,
}: ApiDeps): Router {
  const api = Router();
  api.use((_request, response, next) => {
    response.set('cache-control', 'no-store');
    next();
  });
  if (people) api.use(createPeopleApi({ people, internalToken }));
  if (people && privacy) api.use(createPrivacyApi({ privacy, people, internalToken }));
  if (people && communities) api.use(createCommunitiesApi({ communities, people, internalToken }));
  if (people && calendar) api.use(createCalendarApi({ calendar, people, limiter, internalToken }));
  api.use(createPlansApi({ plans, limiter, internalToken }));
  api.use(createEntryApi({ settings: entry, limiter, accounts, internalToken }));
  api.use(express.json({ limit: '64kb', strict: true }));

  api.post('/meetings', async (request: Request, response: Response) => {
    const body = createMeetingBody.safeParse(request.body);
    if (!body.success) return refuse(response, { kind: 'invalidInput', issues: issuesOf(body.error) });
    const taken = await limiter.take(`create:${clientAddress(request, internalToken)}`, MEETINGS_PER_ADDRESS);
    if (!taken.ok) return refuse(response, { kind: 'tooMany', retryAfterMs: taken.retryAfterMs });
    const created = await directory.create(body.data.title);
    if (!created.ok) return refuse(response, created.error);
    response.status(201).json({ ok: true, value: created.value });
  });

  api.get('/meetings/:code', async (request: Request, response: Response) => {
    const code = meetingCode.safeParse(request.params['code']);
    // [REF-4] A code that cannot be is one that is not there: nothing is learned from the difference.
    if (!code.success) return refuse(response, { kind: 'meetingNotFound' });
    const taken = await limiter.take(`find:${clientAddress(request, internalToken)}`, LOOKUPS_PER_ADDRESS);
    if (!taken.ok) return refuse(response, { kind: 'tooMany', retryAfterMs: taken.retryAfterMs });
    const { cookie, host = '' } = request.headers;
    // Another site's page may have this asked with somebody's cookie, and cannot read the answer: it counts as our own.
    const whoAsks = () => accounts.cameWith({ cookie, host, origin: `http://${host}` });
    const right = readRight(request, facilitatorKey);
    const found = await directory.find(code.data, whoAsks, right.ok ? right.value.bearer : undefined);
    if (!found.ok) return refuse(response, found.error);
    response.json({ ok: true, value: found.value });
  });

  api.use(createCheckApi({ reports, limiter, internalToken }));
  api.use(createProbeApi({ limiter, internalToken }));
  api.use(createSeatApi({ meetings, limiter, internalToken }));

  api.use((_request, response) => {
    refuse(response, { kind: 'unknownRequest' });
  });
  api.use(answerError(logger));
  return api;
}

/** What body parsing or a defect threw, as a typed refusal. Express knows the handler by its four parameters. */
export function answerError(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    refuse(response, refusalOfError(error, logger));
  };
}

function refusalOfError(error: unknown, logger: Logger): Refusal {
  const status = statusIn(error);
  if (status === 413) return { kind: 'tooLarge' };
  if (status !== undefined && status >= 400 && status < 500) {
    return { kind: 'invalidInput', issues: ['the body or the address cannot be read'] };
  }
  const incident = randomUUID();
  logger.error({ err: error, incident }, 'request failed');
  return { kind: 'internal', incident };
}

function statusIn(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined;
  return typeof error.status === 'number' ? error.status : undefined;
}
