import { checkOwner, checkReportBody, facilitatorKey } from '@relais/protocol';
import { Router, type Request, type Response } from 'express';
import type { CheckReportsService } from '../features/check/check-reports.service.ts';
import { issuesOf } from '../issues-of.ts';
import type { RateLimiter } from '../ports/rate-limiter.ts';
import { refuse } from './answers.ts';
import { answer, readRight } from './bearer.ts';
import { clientAddress } from './client-address.ts';

/** A village hall tells its results from one address; so does a machine that would fill a meeting's list. */
const TOLD_PER_ADDRESS = { limit: 120, windowMs: 600_000 };
/** An animator's page asks twice a minute; it is also what stands between a machine and guessing a key. */
const READ_PER_ADDRESS = { limit: 120, windowMs: 60_000 };

export interface CheckApiDeps {
  reports: CheckReportsService;
  limiter: RateLimiter;
  internalToken: string | undefined;
}

/**
 * Results of checks for one meeting, at `/meetings/:code/checks`. Who may is said in the header `Authorization: Bearer …`,
 * which stands in no log: the owner's secret to tell and to erase, the animator's key to read.
 */
export function createCheckApi({ reports, limiter, internalToken }: CheckApiDeps): Router {
  const api = Router();
  const address = (request: Request) => clientAddress(request, internalToken);

  api.put('/meetings/:code/checks', async (request: Request, response: Response) => {
    const asked = readRight(request, checkOwner);
    if (!asked.ok) return refuse(response, asked.error);
    const body = checkReportBody.safeParse(request.body);
    if (!body.success) return refuse(response, { kind: 'invalidInput', issues: issuesOf(body.error) });
    const taken = await limiter.take(`checkTell:${address(request)}`, TOLD_PER_ADDRESS);
    if (!taken.ok) return refuse(response, { kind: 'tooMany', retryAfterMs: taken.retryAfterMs });
    const { code, bearer } = asked.value;
    answer(response, await reports.tell(code, bearer, body.data));
  });

  api.delete('/meetings/:code/checks', async (request: Request, response: Response) => {
    const asked = readRight(request, checkOwner);
    if (!asked.ok) return refuse(response, asked.error);
    const taken = await limiter.take(`checkTell:${address(request)}`, TOLD_PER_ADDRESS);
    if (!taken.ok) return refuse(response, { kind: 'tooMany', retryAfterMs: taken.retryAfterMs });
    const erased = await reports.erase(asked.value.code, asked.value.bearer);
    answer(response, erased.ok ? { ok: true, value: {} } : erased);
  });

  api.get('/meetings/:code/checks', async (request: Request, response: Response) => {
    const asked = readRight(request, facilitatorKey);
    if (!asked.ok) return refuse(response, asked.error);
    const taken = await limiter.take(`checkRead:${address(request)}`, READ_PER_ADDRESS);
    if (!taken.ok) return refuse(response, { kind: 'tooMany', retryAfterMs: taken.retryAfterMs });
    const listed = await reports.list(asked.value.code, asked.value.bearer);
    answer(response, listed.ok ? { ok: true, value: { reports: listed.value } } : listed);
  });

  return api;
}
