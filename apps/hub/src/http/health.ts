import { Router } from 'express';

/** One thing that must work for the hub to be of use, by name. */
export type Readiness = Record<string, () => Promise<boolean>>;

/**
 * `/healthz`: the process turns and takes people in, which is what a balancer asks: what all hubs share (PostgreSQL,
 * media nodes) being away is no reason to send people from one hub to another, and those who are in go on. `/readyz`: all
 * of it works, which is what a person or a supervisor wants to know before an upgrade goes on.
 */
export function createHealth(checks: Readiness, isStopping: () => boolean = () => false): Router {
  const health = Router();
  health.get('/healthz', (_request, response) => {
    response.status(isStopping() ? 503 : 200).json({ ok: !isStopping() });
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
