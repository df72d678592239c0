import { createMetricsRoute, type ProcessLoad, type Registry } from '@relais/metrics';
import type { HubOverview, ListedNode } from '@relais/protocol';
import { Router } from 'express';
import type { Mails } from '../features/mails/mails.ts';
import type { Register } from '../features/privacy/register.ts';
import type { MeetingRegistry } from '../features/meeting/meeting-registry.ts';
import type { Neighbours } from '../features/presence/neighbours.ts';
import { createAdminApi } from '../http/admin.ts';
import type { RateLimiter } from '../ports/rate-limiter.ts';
import { clusterOverview } from './cluster-overview.ts';
import type { HubMetrics, HubState } from './hub-metrics.ts';
import { hubOverviewOf } from './hub-overview.ts';

/** What makes a hub seen, given by who composes the process. */
export interface Observing {
  metrics: HubMetrics;
  /** Of the process, and of the media node in it if there is one. */
  registries: readonly Registry[];
  /** RELAIS_ADMIN_TOKEN; without it neither /metrics nor the admin page is there. */
  token: string | undefined;
  version: string;
  load: () => ProcessLoad;
  nodes: () => Promise<readonly ListedNode[]>;
  mails: Pick<Mails, 'list' | 'isSending'>;
  /** Whether this hub was started with Redis. */
  hasRedis: boolean;
}

export interface ObservationDeps {
  registry: MeetingRegistry;
  neighbours: Neighbours;
  observing: Observing;
  limiter: RateLimiter;
  /** Left out where no register is kept. */
  register: Pick<Register, 'write'> | undefined;
  state: Pick<HubState, 'sockets' | 'mediaNodes' | 'logIsUp'>;
  internalToken: string | undefined;
}

/** This hub, as metrics, the admin page and the other hubs see it. */
export function observeHub(deps: ObservationDeps): { router: Router; overview: () => HubOverview } {
  const { registry, neighbours, observing, limiter, register, internalToken } = deps;
  const { metrics, token, version, load, nodes, mails, hasRedis } = observing;
  const state: HubState = {
    ...deps.state,
    meetings: () => [...registry.all()].length,
    people: () => peopleOf(registry),
    busIsUp: () => (hasRedis ? neighbours.isUp : undefined),
  };
  metrics.watch(state);
  const startedAt = Date.now();
  const overview = () => hubOverviewOf({ hubId: neighbours.hubId, version, startedAt, metrics, state, load });
  const whole = () =>
    clusterOverview({
      own: overview,
      otherHubs: () => neighbours.overviews,
      meetings: () => new Set([...[...registry.all()].map(({ id }) => id), ...neighbours.meetingIds]).size,
      nodes,
      stores: { postgres: () => state.logIsUp(), redis: hasRedis ? async () => neighbours.isUp : undefined },
    });
  const router = Router();
  router.use(createMetricsRoute({ registries: [metrics.registry, ...observing.registries], token }));
  router.use(
    '/api/admin',
    createAdminApi({ overview: whole, mails, register, token, limiter, internalToken }),
  );
  return { router, overview };
}

function peopleOf(registry: MeetingRegistry): { connected: number; held: number } {
  const people = { connected: 0, held: 0 };
  for (const { occupants } of registry.all()) {
    for (const { connection } of occupants.values()) people[connection ? 'connected' : 'held'] += 1;
  }
  return people;
}
