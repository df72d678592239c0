import { up, type RequestName } from '@relais/protocol';
import type { GatewayDeps } from '../socket/gateway.ts';
import type { HubMetrics, MeasuredRequest } from './hub-metrics.ts';

type Route = GatewayDeps['route'];

/** The same route; every answer is counted by request and outcome, with the time that it took. */
export function measuredRoute(route: Route, metrics: Pick<HubMetrics, 'requested'>): Route {
  return async (connection, name, payload, bytes) => {
    const startedAt = performance.now();
    const answer = await route(connection, name, payload, bytes);
    const seconds = (performance.now() - startedAt) / 1000;
    metrics.requested(nameOf(name), answer.ok ? 'ok' : answer.refusal.kind, seconds);
    return answer;
  };
}

function nameOf(name: string): MeasuredRequest {
  return Object.hasOwn(up, name) ? (name as RequestName) : 'unknown';
}
