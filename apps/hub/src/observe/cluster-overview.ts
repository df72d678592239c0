import { withTimeout } from '@relais/kit';
import type { HubOverview, ListedNode, Overview } from '@relais/protocol';

type StoreState = Overview['stores']['postgres'];

export interface ClusterOverviewDeps {
  own: () => HubOverview;
  /** What the other hubs told last; none for one hub alone. */
  otherHubs: () => readonly HubOverview[];
  /** Meetings all over the cluster; without it those of all hubs are added, and one that two hubs carry counts twice. */
  meetings?: () => number;
  nodes: () => Promise<readonly ListedNode[]>;
  stores: { postgres: () => Promise<boolean>; redis: (() => Promise<boolean>) | undefined };
}

/** A person waits for the page: what has not answered by then is shown as not answering. */
const PATIENCE_MS = 2500;

/** Everything that the admin page shows. Never rejects. */
export async function clusterOverview(deps: ClusterOverviewDeps): Promise<Overview> {
  const [nodes, postgres, redis] = await Promise.all([
    withTimeout(deps.nodes(), PATIENCE_MS, 'asking the media nodes').catch(() => []),
    stateOf(deps.stores.postgres),
    deps.stores.redis ? stateOf(deps.stores.redis) : ('none' as const),
  ]);
  const own = deps.own();
  const hubs = [own, ...deps.otherHubs()];
  return {
    at: Date.now(),
    answeredBy: own.hubId,
    meetings: deps.meetings?.() ?? sum(hubs, (hub) => hub.meetings),
    people: {
      connected: sum(hubs, (hub) => hub.people.connected),
      held: sum(hubs, (hub) => hub.people.held),
    },
    hubs: hubs.toSorted((a, b) => a.startedAt - b.startedAt || a.hubId.localeCompare(b.hubId)),
    nodes: nodes.toSorted((a, b) => a.nodeId.localeCompare(b.nodeId)),
    stores: { postgres, redis },
  };
}

async function stateOf(check: () => Promise<boolean>): Promise<StoreState> {
  const up = await withTimeout(check(), PATIENCE_MS, 'asking a store').catch(() => false);
  return up ? 'up' : 'down';
}

function sum(hubs: readonly HubOverview[], count: (hub: HubOverview) => number): number {
  return hubs.reduce((total, hub) => total + count(hub), 0);
}
