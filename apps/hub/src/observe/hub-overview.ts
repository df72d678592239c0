import type { ProcessLoad } from '@relais/metrics';
import type { HubId, HubOverview } from '@relais/protocol';
import type { HubMetrics, HubState } from './hub-metrics.ts';

export interface HubOverviewDeps {
  hubId: HubId;
  version: string;
  /** Milliseconds since 1970. */
  startedAt: number;
  metrics: Pick<HubMetrics, 'recent'>;
  state: Pick<HubState, 'meetings' | 'people' | 'sockets'>;
  load: () => ProcessLoad;
}

/** What this hub tells of itself now: for its own admin page, and to other hubs for theirs. */
export function hubOverviewOf({ metrics, state, load, ...who }: HubOverviewDeps): HubOverview {
  const { joins, joinSeconds, appendSeconds, errors } = metrics.recent();
  return {
    ...who,
    meetings: state.meetings(),
    people: state.people(),
    sockets: state.sockets(),
    joins,
    joinMs: inMs(joinSeconds),
    logAppendMs: inMs(appendSeconds),
    ...load(),
    errors,
  };
}

function inMs(seconds: { p50: number; p99: number; count: number } | undefined) {
  return seconds ? { p50: seconds.p50 * 1000, p99: seconds.p99 * 1000, count: seconds.count } : null;
}
