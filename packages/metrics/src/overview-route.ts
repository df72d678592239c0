import { Router } from 'express';
import { adminOnly } from './admin-token.ts';

export interface OverviewRouteDeps {
  overview: () => unknown;
  token: string | undefined;
}

/** `GET /overview`: what this process tells of itself to the hub whose admin page is asked for. */
export function createOverviewRoute({ overview, token }: OverviewRouteDeps): Router {
  const route = Router();
  route.get('/overview', adminOnly(token), async (_request, response) => {
    response.set('cache-control', 'no-store').json(await overview());
  });
  return route;
}
