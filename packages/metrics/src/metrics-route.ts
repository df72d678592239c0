import { Router } from 'express';
import type { Registry } from 'prom-client';
import { adminOnly } from './admin-token.ts';

export interface MetricsRouteDeps {
  /** Told one after another; no name may be in two of them. */
  registries: readonly Registry[];
  /** RELAIS_ADMIN_TOKEN; without it there is no such page. */
  token: string | undefined;
}

/** `GET /metrics`, as Prometheus reads it. */
export function createMetricsRoute({ registries, token }: MetricsRouteDeps): Router {
  const route = Router();
  route.get('/metrics', adminOnly(token), async (_request, response) => {
    const parts = await Promise.all(registries.map((registry) => registry.metrics()));
    response
      .set('cache-control', 'no-store')
      .type(registries[0]?.contentType ?? 'text/plain')
      // One after another, each with a line feed at its end, is what the format asks for.
      .send(parts.map((part) => part.trimEnd() + '\n').join(''));
  });
  return route;
}
