import { facilitatorKey, planId, up } from '@relais/protocol';
import { PLAN_MAX_BYTES } from '@relais/protocol/limits';
import express, { Router, type NextFunction, type Request, type Response } from 'express';
import type { PlansService } from '../features/breakout/plans.service.ts';
import { issuesOf } from '../issues-of.ts';
import type { RateLimiter } from '../ports/rate-limiter.ts';
import { refuse } from './answers.ts';
import { answer, readRight } from './bearer.ts';
import { clientAddress } from './client-address.ts';

/** One who writes plans saves now and then; it is also what stands between a machine and guessing a key. */
const ASKED_PER_ADDRESS = { limit: 120, windowMs: 60_000 };

const { request: savePlan } = up['breakout:savePlan'];

export interface PlansApiDeps {
  plans: PlansService;
  limiter: RateLimiter;
  internalToken: string | undefined;
}

/**
 * [BREAK-30] Plans of sub-groups, at `/meetings/:code/plans`, for who has the animator's key. To be mounted before the API's
 * own reading of bodies, which are smaller: nothing of a body is read before the header and the address have passed.
 */
export function createPlansApi({ plans, limiter, internalToken }: PlansApiDeps): Router {
  const api = Router();

  async function allow(request: Request, response: Response, next: NextFunction): Promise<void> {
    const asked = readRight(request, facilitatorKey);
    if (!asked.ok) return refuse(response, asked.error);
    const taken = await limiter.take(`plans:${clientAddress(request, internalToken)}`, ASKED_PER_ADDRESS);
    if (!taken.ok) return refuse(response, { kind: 'tooMany', retryAfterMs: taken.retryAfterMs });
    next();
  }

  api.get('/meetings/:code/plans', allow, async (request: Request, response: Response) => {
    const asked = readRight(request, facilitatorKey);
    if (!asked.ok) return refuse(response, asked.error);
    answer(response, await plans.list(asked.value.code, asked.value.bearer));
  });

  const body = express.json({ limit: PLAN_MAX_BYTES, strict: true });
  api.put('/meetings/:code/plans', allow, body, async (request: Request, response: Response) => {
    const asked = readRight(request, facilitatorKey);
    if (!asked.ok) return refuse(response, asked.error);
    const plan = savePlan.safeParse(request.body);
    if (!plan.success) return refuse(response, { kind: 'invalidInput', issues: issuesOf(plan.error) });
    answer(response, await plans.save(asked.value.code, asked.value.bearer, plan.data));
  });

  api.delete('/meetings/:code/plans/:planId', allow, async (request: Request, response: Response) => {
    const asked = readRight(request, facilitatorKey);
    if (!asked.ok) return refuse(response, asked.error);
    const id = planId.safeParse(request.params['planId']);
    if (!id.success) return refuse(response, { kind: 'invalidInput', issues: issuesOf(id.error) });
    answer(response, await plans.remove(asked.value.code, asked.value.bearer, id.data));
  });

  return api;
}
