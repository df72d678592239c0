import { createHmac } from 'node:crypto';
import type { Logger } from 'pino';
import { joinCluster, type Cluster } from './cluster.ts';
import type { Config } from './config.ts';
import { createFrame, type Frame } from './process-frame.ts';
import { keptSecret } from './secret.ts';
import { startHub, type RunningHub } from './start-hub.ts';
import { startMedia, type RunningMedia } from './start-media.ts';

export interface RunningServer {
  /** Where the product is, on this machine; undefined for a media node, which has no pages. */
  url: string | undefined;
  /** Where the first administrator is made, while there is none [PEOPLE-9]. */
  firstAdministratorUrl: string | undefined;
  /** What there is to say of the demonstration that was asked for [DEMO-1]. */
  demo: string[] | undefined;
  /** Sends its people to other hubs and nodes, if there are any, before it is stopped [DRAIN-1]. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

/** Puts the parts together that this process is to have, by its role. */
export async function startServer(
  config: Config,
  logger: Logger,
  wishes: { demo?: boolean } = {},
): Promise<RunningServer> {
  const frame = createFrame(config, logger);
  try {
    return await start(frame, wishes.demo ?? false);
  } catch (error) {
    await frame.owned.stop();
    throw error;
  }
}

async function start(frame: Frame, demo: boolean): Promise<RunningServer> {
  const { config, owned } = frame;
  const role = config.RELAIS_ROLE;
  // A media node signs no seats.
  const secret = role === 'sfu' ? '' : (config.RELAIS_SECRET ?? (await keptSecret(config.RELAIS_DATA_DIR)));
  const cluster = clusterOf(frame, secret);
  let media: RunningMedia | undefined;
  let hub: RunningHub | undefined;
  if (role !== 'hub') media = await startMedia(frame, cluster);
  if (role !== 'sfu') hub = await startHub(frame, { secret, cluster, media, demo });
  return {
    url: hub?.url,
    firstAdministratorUrl: hub?.firstAdministratorUrl,
    demo: hub?.demo,
    drain: async () => {
      await media?.drain();
      await hub?.drain();
    },
    stop: () => owned.stop(),
  };
}

/** With Redis this process is one of several, or may be joined by others. */
function clusterOf(frame: Frame, secret: string): Cluster | undefined {
  const { REDIS_URL, RELAIS_CONTROL_SECRET } = frame.config;
  if (!REDIS_URL) return undefined;
  // Processes that do everything and share the secret of seats need no second one.
  const derived = () => createHmac('sha256', secret).update('relais control link').digest('hex');
  return joinCluster(frame, REDIS_URL, RELAIS_CONTROL_SECRET ?? derived());
}
