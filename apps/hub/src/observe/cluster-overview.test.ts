import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  overview,
  type HubId,
  type HubOverview,
  type NodeAnnouncement,
  type NodeId,
  type NodeOverview,
} from '@relais/protocol';
import { afterEach, expect, test } from 'vitest';
import { askNodes } from './ask-nodes.ts';
import { clusterOverview } from './cluster-overview.ts';
import { createHubMetrics } from './hub-metrics.ts';
import { hubOverviewOf } from './hub-overview.ts';

const LOAD = { eventLoopDelayMs: { p50: 0.2, p99: 3 }, cpu: 0.1, memoryBytes: 90_000_000 };
const TOKEN = 'a-token-of-the-tests';

function hub(id: string, startedAt: number, connected: number): HubOverview {
  const metrics = createHubMetrics();
  metrics.requested('meeting:join', 'ok', 0.02);
  return hubOverviewOf({
    hubId: id as HubId,
    version: '1',
    startedAt,
    metrics,
    state: { meetings: () => 1, people: () => ({ connected, held: 1 }), sockets: () => connected + 1 },
    load: () => LOAD,
  });
}

const up = async () => true;

test('people of all hubs are added, and the whole fits its schema', async () => {
  const whole = await clusterOverview({
    own: () => hub('b', 2, 3),
    otherHubs: () => [hub('a', 1, 4)],
    meetings: () => 1,
    nodes: async () => [],
    stores: { postgres: up, redis: up },
  });
  expect(overview.parse(whole)).toEqual(whole);
  expect(whole).toMatchObject({
    answeredBy: 'b',
    meetings: 1,
    people: { connected: 7, held: 2 },
    stores: { postgres: 'up', redis: 'up' },
  });
  expect(whole.hubs.map(({ hubId }) => hubId)).toEqual(['a', 'b']);
  expect(whole.hubs[0]).toMatchObject({ joins: { accepted: 1, refused: 0 }, joinMs: { p50: 20, count: 1 } });
});

test('what does not answer is shown as down, and Redis that was never asked for as none', async () => {
  const whole = await clusterOverview({
    own: () => hub('a', 1, 0),
    otherHubs: () => [],
    nodes: () => Promise.reject(new Error('away')),
    stores: { postgres: () => Promise.reject(new Error('away')), redis: undefined },
  });
  expect(whole).toMatchObject({ meetings: 1, nodes: [], stores: { postgres: 'down', redis: 'none' } });
});

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

const TOLD: NodeOverview = {
  nodeId: 'n1' as NodeId,
  version: '1',
  startedAt: 1,
  draining: false,
  capacity: 800,
  workers: [],
  receivedBps: 0,
  sentBps: 0,
  loss: null,
  roundTripMs: null,
  eventLoopDelayMs: { p50: 0, p99: 0 },
};

async function nodeThatTells(told: unknown): Promise<string> {
  server = createServer((request, response) => {
    const allowed = request.url === '/overview' && request.headers.authorization === `Bearer ${TOKEN}`;
    response.statusCode = allowed ? 200 : 401;
    response.end(JSON.stringify(told));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const listed = (nodeId: string, controlUrl: string): NodeAnnouncement => ({
  nodeId: nodeId as NodeId,
  controlUrl,
  draining: false,
  load: { workers: 2, capacity: 800, consumers: 12, peers: 4 },
});

test('a node is shown with what it tells, one that does not answer with what the directory says', async () => {
  const url = await nodeThatTells(TOLD);
  const asked = await askNodes([listed('n1', url), listed('n2', 'http://127.0.0.1:1')], TOKEN);
  expect(asked).toEqual([
    { nodeId: 'n1', draining: false, consumers: 12, capacity: 800, told: TOLD },
    { nodeId: 'n2', draining: false, consumers: 12, capacity: 800, told: null },
  ]);
});

test('what is no answer of that node is not believed', async () => {
  const url = await nodeThatTells({ ...TOLD, workers: 'many' });
  expect((await askNodes([listed('n1', url)], TOKEN))[0]?.told).toBeNull();
  server?.close();
  const another = await nodeThatTells(TOLD);
  expect((await askNodes([listed('n9', another)], TOKEN))[0]?.told).toBeNull();
  expect((await askNodes([listed('n1', another)], 'another token'))[0]?.told).toBeNull();
});
