import { availableParallelism } from 'node:os';
import type { Logger } from 'pino';
import { nodeId } from '@relais/protocol';
import type { NodeId, PipeSource } from '@relais/protocol';

export interface SfuOptions {
  /** One run of this node; by default a new random one. */
  nodeId?: NodeId;
  /** Path of the mediasoup-worker binary; without it mediasoup looks at MEDIASOUP_WORKER_BIN and its own folder. */
  workerBin?: string;
  /** Worker processes. One forwards on one core: more than the cores gains nothing. */
  workers?: number;
  /** Consumers that a worker is to carry; beyond it a room's newcomers are put on another one. */
  budget?: number;
  /** Addresses that the workers listen on, the best first; `0.0.0.0` for all of IPv4, then announced as another. */
  listenAddresses: readonly string[];
  /** Address told to browsers, when it is not the one listened on (NAT, containers, `0.0.0.0`). */
  announcedAddress?: string;
  /** Worker number `i` listens on UDP and on TCP port `port + i`; 0 takes any free port. */
  port?: number;
  /** Where pipes to other nodes end; by default on loopback, at any port, so that only nodes of this machine reach them. */
  pipeListen?: PipeListen;
  /** The other nodes; by default none. */
  neighbours?: Neighbours;
  /** Milliseconds that one question to a worker may take. Answers come within a few when all is well. */
  callTimeoutMs?: number;
  /** Milliseconds after which a peer is closed that no browser is connected to. */
  orphanMs?: number;
  logger: Logger;
}

/** UDP; `announcedAddress` is what other nodes send to, and must be where this node's own packets come from. */
export interface PipeListen {
  ip: string;
  announcedAddress?: string;
  portRange?: { min: number; max: number };
}

/** How a node reaches the others. Every call of a `PipeSource` settles within its link's timeout. */
export interface Neighbours {
  /** Undefined while there is no link to that node. */
  get(nodeId: NodeId): PipeSource | undefined;
  /** Calls `listener` when the link to a node has ended, until the returned function is called. */
  onGone(listener: (nodeId: NodeId) => void): () => void;
}

/** The same with every default filled in. */
export interface SfuSettings {
  nodeId: NodeId;
  workerBin: string | undefined;
  workers: number;
  budget: number;
  listenAddresses: readonly string[];
  announcedAddress: string | undefined;
  port: number;
  pipeListen: PipeListen;
  neighbours: Neighbours;
  callTimeoutMs: number;
  orphanMs: number;
  logger: Logger;
}

/** Beyond four workers a node has more cores than one machine's network is likely to feed: say so explicitly. */
const MAX_DEFAULT_WORKERS = 4;
/**
 * Measured by `pnpm bench consumers` and `pnpm bench cpu` on the cores of docs/BENCHMARKS.md. Four fifths of a core carry
 * some 1,400 consumers (half sound, a quarter small and a quarter large pictures) where receivers report nothing, and
 * some 570 at what each costs with browsers, that do, in small meetings, with all that is received and simulcast
 * besides: the lower of the two, rounded. Too low costs pipes (two to three thousandths of a core for each sound), too
 * high costs everybody their sound.
 */
const DEFAULT_BUDGET = 600;
/** Longer than a seat is held by default: who comes back within that time finds their transports [LEAVE-3]. */
const DEFAULT_ORPHAN_MS = 360_000;

const LOOPBACK: PipeListen = { ip: '127.0.0.1' };
const alone: Neighbours = { get: () => undefined, onGone: () => () => undefined };

export function settingsOf(options: SfuOptions): SfuSettings {
  const workers = options.workers ?? Math.min(availableParallelism(), MAX_DEFAULT_WORKERS);
  return {
    nodeId: options.nodeId ?? nodeId.parse(crypto.randomUUID()),
    workerBin: options.workerBin,
    workers: Math.max(1, workers),
    budget: options.budget ?? DEFAULT_BUDGET,
    listenAddresses: options.listenAddresses,
    announcedAddress: options.announcedAddress,
    port: options.port ?? 0,
    pipeListen: options.pipeListen ?? LOOPBACK,
    neighbours: options.neighbours ?? alone,
    callTimeoutMs: options.callTimeoutMs ?? 3000,
    orphanMs: options.orphanMs ?? DEFAULT_ORPHAN_MS,
    logger: options.logger,
  };
}

/** Where both ends of a pipe between two workers of this node listen. */
export const ownPipes = LOOPBACK;
