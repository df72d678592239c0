import type { ProcessLoad } from '@relais/metrics';
import type { NodeId, NodeOverview } from '@relais/protocol';
import type { MediaMetrics, WorkerLook } from './media-metrics.ts';

export interface NodeOverviewDeps {
  nodeId: NodeId;
  version: string;
  /** Milliseconds since 1970. */
  startedAt: number;
  draining: boolean;
  budget: number;
  metrics: Pick<MediaMetrics, 'last'>;
  load: () => ProcessLoad;
}

/** What this node tells of itself now, for the admin page. */
export function nodeOverviewOf({ budget, metrics, load, ...who }: NodeOverviewDeps): NodeOverview {
  const { workers, receivedBps, sentBps, loss, roundTripSeconds } = metrics.last();
  return {
    ...who,
    capacity: workers.length * budget,
    workers: workers.map(workerOverviewOf),
    receivedBps,
    sentBps,
    loss,
    roundTripMs: roundTripSeconds && {
      p50: roundTripSeconds.p50 * 1000,
      p99: roundTripSeconds.p99 * 1000,
    },
    eventLoopDelayMs: load().eventLoopDelayMs,
  };
}

function workerOverviewOf({
  index,
  state,
  restarts,
  rooms,
  peers,
  producers,
  consumers,
  pipes,
  cpu,
}: WorkerLook) {
  return {
    index,
    state: state === 'up' ? ('up' as const) : ('down' as const),
    restarts,
    rooms,
    peers,
    producers,
    consumers,
    pipes,
    cpu,
  };
}
