import { Router } from 'express';

/** One thing that must work for the hub to be of use, by name. */
export type Readiness = Record<string, () => Promise<boolean>>;

/**
 * `/healthz`: the process turns. `/readyz`: what it needs answers, and it is not about to stop; a balancer sends nobody
 * where that is not so.
 */
export function createHealth(checks: Readiness, isStopping: () => boolean = () => false): Router {
  const health = Router();
  health.get('/healthz', (_request, response) => {
    response.json({ ok: true });
  });
  health.get('/readyz', async (_request, response) => {
    const states = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await check().catch(() => false)] as const),
    );
    const ready = !isStopping() && states.every(([, up]) => up);
    response.status(ready ? 200 : 503).json({ ok: ready, checks: Object.fromEntries(states) });
  });
  return health;
}
