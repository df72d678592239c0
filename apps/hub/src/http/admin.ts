import { adminOnly } from '@relais/metrics';
import type { Overview } from '@relais/protocol';
import { Router } from 'express';
import type { RateLimiter } from '../ports/rate-limiter.ts';
import { refuse } from './answers.ts';
import { clientAddress } from './client-address.ts';

/** Several tabs that refresh every five seconds; and few guesses at a token, should one be short. */
const ASKS_PER_ADDRESS = { limit: 120, windowMs: 60_000 };

export interface AdminApiDeps {
  overview: () => Promise<Overview>;
  /** RELAIS_ADMIN_TOKEN; without it there is no such API. */
  token: string | undefined;
  limiter: Pick<RateLimiter, 'take'>;
  internalToken: string | undefined;
}

/** `GET /overview`, to be mounted at /api/admin, before what answers everything else under /api. */
export function createAdminApi({ overview, token, limiter, internalToken }: AdminApiDeps): Router {
  const api = Router();
  api.use(async (request, response, next) => {
    response.set('cache-control', 'no-store');
    // Before the token is looked at: this is what stands between a machine and guessing it.
    const taken = await limiter.take(`admin:${clientAddress(request, internalToken)}`, ASKS_PER_ADDRESS);
    if (taken.ok) next();
    else refuse(response, { kind: 'tooMany', retryAfterMs: taken.retryAfterMs });
  });
  api.get('/overview', adminOnly(token), async (_request, response) => {
    response.json({ ok: true, value: await overview() });
  });
  return api;
}
