import { createServer } from 'node:http';
import { createNeighbours, serveControl } from '@relais/control';
import { createMetricsRoute, createOverviewRoute, type Registry } from '@relais/metrics';
import { nodeId as nodeIdSchema, type ListedNode, type NodeOverview } from '@relais/protocol';
import { createMediaMetrics, createSfuNode, nodeOverviewOf, watchMedia, type SfuNode } from '@relais/sfu';
import { Router } from 'express';
import type { Cluster } from './cluster.ts';
import { closeHttp, createApp, listen, ownHost } from './http.ts';
import { listenAt } from './listen-at.ts';
import { localAddresses } from './local-addresses.ts';
import { pipeListen } from './pipe-listen.ts';
import type { Frame } from './process-frame.ts';

/** Milliseconds that a stranger may take to say what they want; who is let in speaks over a WebSocket. */
const PATIENCE = { connectionsCheckingInterval: 500, headersTimeout: 2000, requestTimeout: 5000 };

export interface RunningMedia {
  node: SfuNode;
  registry: Registry;
  /** For the admin page of this very process. */
  listed: () => ListedNode;
  /** Tells the others that nobody is to come any more, and waits until whom it has is elsewhere. */
  drain: () => Promise<void>;
}

/** The media node of this process; in a cluster the others find and drive it. Throws if its workers cannot start. */
export async function startMedia(frame: Frame, cluster: Cluster | undefined): Promise<RunningMedia> {
  const { config, owned } = frame;
  const logger = frame.logger.child({ part: 'sfu' });
  const nodeId = nodeIdSchema.parse(crypto.randomUUID());
  const watch = watchMedia();
  const node = owned.own(
    'media node',
    await createSfuNode({
      nodeId,
      listenAddresses: config.RELAIS_MEDIA_ADDRESS
        ? [listenAt(config.RELAIS_MEDIA_ADDRESS)]
        : localAddresses(),
      port: config.RELAIS_MEDIA_PORT,
      ...(config.RELAIS_MEDIA_ADDRESS && { announcedAddress: config.RELAIS_MEDIA_ADDRESS }),
      ...(config.MEDIASOUP_WORKER_BIN && { workerBin: config.MEDIASOUP_WORKER_BIN }),
      ...(config.RELAIS_MEDIA_WORKERS && { workers: config.RELAIS_MEDIA_WORKERS }),
      ...(config.RELAIS_MEDIA_BUDGET && { budget: config.RELAIS_MEDIA_BUDGET }),
      // Longer than the hubs hold a seat: who comes back to it finds sound and picture where they were [LEAVE-3].
      orphanMs: (config.RELAIS_SEAT_GRACE_SECONDS + 60) * 1000,
      ...(cluster && {
        neighbours: neighboursOf(frame, cluster, nodeId),
        pipeListen: await pipeListen(controlAddress(frame), config.RELAIS_PIPE_PORTS),
      }),
      logger,
    }),
    (n) => n.close(),
  );
  const metrics = owned.own(
    'measure of the media node',
    createMediaMetrics({ node, watch, budget: node.budget, logger }),
    async (m) => m.close(),
  );
  const { version, startedAt, load } = frame;
  const overview = () => {
    const { draining, budget } = node;
    return nodeOverviewOf({ nodeId, version, startedAt, draining, budget, metrics, load });
  };
  if (cluster) await serve(frame, cluster, node, { registry: metrics.registry, overview });
  return {
    node,
    registry: metrics.registry,
    listed: () => listed(node, overview()),
    drain: () => drain(frame, cluster, node),
  };
}

function listed(node: SfuNode, told: NodeOverview): ListedNode {
  const { capacity, consumers } = node.load();
  return { nodeId: node.nodeId, draining: node.draining, capacity, consumers, told };
}

function neighboursOf({ owned, logger }: Frame, cluster: Cluster, self: SfuNode['nodeId']) {
  const connect = cluster.connect({ kind: 'node', id: self });
  const neighbours = createNeighbours({ directory: cluster.directory, connect, self, logger });
  return owned.own('links to other nodes', neighbours, (n) => n.close());
}

/** Takes control links, and makes itself known. */
async function serve(
  frame: Frame,
  cluster: Cluster,
  node: SfuNode,
  seen: { registry: Registry; overview: () => NodeOverview },
): Promise<void> {
  const { config, owned } = frame;
  const token = config.RELAIS_ADMIN_TOKEN;
  const app = createApp({ trustedProxies: 0 });
  const http = owned.own('control http', createServer(PATIENCE, app), closeHttp);
  const logger = frame.logger.child({ part: 'control' });
  owned.own('control link', serveControl({ http, node, secret: cluster.secret, logger }), (c) => c.close());
  app.use(createNodeHealth(node));
  app.use(createMetricsRoute({ registries: [frame.registry, seen.registry], token }));
  app.use(createOverviewRoute({ overview: seen.overview, token }));
  const port = await listen(http, { port: config.RELAIS_CONTROL_PORT, host: config.HOST });
  const controlUrl = `http://${ownHost(controlAddress(frame))}:${port}`;
  cluster.directory.announce(() => ({
    nodeId: node.nodeId,
    controlUrl,
    draining: node.draining,
    load: node.load(),
  }));
  frame.logger.info({ nodeId: node.nodeId, controlUrl }, 'media node announced');
}

/** `/healthz`: the process turns. `/readyz`: somebody could be placed here. */
function createNodeHealth(node: SfuNode): Router {
  const health = Router();
  health.get('/healthz', (_request, response) => {
    response.json({ ok: true });
  });
  health.get('/readyz', async (_request, response) => {
    const ok = await node.isReady();
    response.status(ok ? 200 : 503).json({ ok });
  });
  return health;
}

/** Where the other machines reach this one. */
function controlAddress({ config }: Frame): string {
  return config.RELAIS_CONTROL_ADDRESS ?? localAddresses()[0] ?? '127.0.0.1';
}

/** Without another node there is nowhere to go: people keep what they have for as long as it lasts. */
async function drain({ config }: Frame, cluster: Cluster | undefined, node: SfuNode): Promise<void> {
  const others = cluster?.nodes().filter((one) => one.nodeId !== node.nodeId && !one.draining) ?? [];
  if (others.length > 0) await node.drain(config.RELAIS_DRAIN_SECONDS * 1000);
  await cluster?.directory.withdraw();
}
