import { availableParallelism } from 'node:os';
import type { Logger } from 'pino';
import { nodeId } from '@relais/protocol';
import type { NodeId } from '@relais/protocol';

export interface SfuOptions {
  /** One run of this node; by default a new random one. */
  nodeId?: NodeId;
  /** Path of the mediasoup-worker binary; without it mediasoup looks at MEDIASOUP_WORKER_BIN and its own folder. */
  workerBin?: string;
  /** Worker processes. One forwards on one core: more than the cores gains nothing. */
  workers?: number;
  /** Addresses that the workers listen on, the best first; `0.0.0.0` for all of IPv4, then announced as another. */
  listenAddresses: readonly string[];
  /** Address told to browsers, when it is not the one listened on (NAT, containers, `0.0.0.0`). */
  announcedAddress?: string;
  /** Worker number `i` listens on UDP and on TCP port `port + i`; 0 takes any free port. */
  port?: number;
  /** Milliseconds that one question to a worker may take. Answers come within a few when all is well. */
  callTimeoutMs?: number;
  logger: Logger;
}

/** The same with every default filled in. */
export interface SfuSettings {
  nodeId: NodeId;
  workerBin: string | undefined;
  workers: number;
  listenAddresses: readonly string[];
  announcedAddress: string | undefined;
  port: number;
  callTimeoutMs: number;
  logger: Logger;
}

/** Beyond four workers a node has more cores than one machine's network is likely to feed: say so explicitly. */
const MAX_DEFAULT_WORKERS = 4;

export function settingsOf(options: SfuOptions): SfuSettings {
  const workers = options.workers ?? Math.min(availableParallelism(), MAX_DEFAULT_WORKERS);
  return {
    nodeId: options.nodeId ?? nodeId.parse(crypto.randomUUID()),
    workerBin: options.workerBin,
    workers: Math.max(1, workers),
    listenAddresses: options.listenAddresses,
    announcedAddress: options.announcedAddress,
    port: options.port ?? 0,
    callTimeoutMs: options.callTimeoutMs ?? 3000,
    logger: options.logger,
  };
}
