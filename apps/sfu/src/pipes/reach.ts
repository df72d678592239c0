import { withTimeout } from '@relais/kit';
import type { MediaFact, NodeId, PipeSource, ProducerId } from '@relais/protocol';
import type { SfuSettings } from '../options.ts';

/** A link that was just lost, or is about to come up with a new node, is waited for this long. */
const LINK_WAIT_MS = 500;
const LINK_POLL_MS = 50;
/** How long a node may take to say what it has; the link's own limit is the same or shorter. */
const LOCATE_TIMEOUT_MS = 2000;
/** A node that did not answer is asked nothing for this long, so that nobody waits for it again and again. */
const REST_MS = 1000;
/** A link that did not come is not waited for, and a node out of reach not told, again within this time. */
const AGAIN_MS = 10_000;

/** Where producers of one node are had, and on which of its routers each comes in. */
export interface Located {
  source: PipeSource;
  routerOf: ReadonlyMap<ProducerId, string>;
}

interface ReachDeps {
  settings: SfuSettings;
  /** This node's own: its routers are joined in the same way as those of two nodes. */
  own: PipeSource;
  emit(fact: MediaFact): void;
}

/** Begins with the first failure, ends with the first success. */
interface Episode {
  why: 'noLink' | 'silent';
  failedAt: number;
  toldAt: number;
}

/** Finds where producers come in, and says when no pipe holds to another node although its producers are wanted. */
export class Reach {
  readonly #deps: ReachDeps;
  readonly #apart = new Map<NodeId, Episode>();
  readonly #waiting = new Map<NodeId, Promise<PipeSource | undefined>>();
  /** Nodes that answer, but with which no pipe holds: when that was told last. */
  readonly #noPipe = new Map<NodeId, number>();

  constructor(deps: ReachDeps) {
    this.#deps = deps;
  }

  /** Undefined if the node is out of reach; never rejects. */
  async locate(nodeId: NodeId, roomId: string, ids: readonly ProducerId[]): Promise<Located | undefined> {
    const source = await this.source(nodeId);
    if (!source) return undefined;
    try {
      const asked = withTimeout(source.locate(roomId, ids), LOCATE_TIMEOUT_MS, 'locating producers');
      const located = await asked;
      if (located.ok) {
        this.#apart.delete(nodeId);
        return {
          source,
          routerOf: new Map(located.value.map(({ producerId, routerId }) => [producerId, routerId])),
        };
      }
    } catch (error) {
      this.#deps.settings.logger.warn({ otherId: nodeId, err: error }, 'a node does not answer');
    }
    this.#failed(nodeId, 'silent');
    return undefined;
  }

  /** The node, once there is a link; undefined if none comes within half a second, and at once if that was so just now. */
  source(nodeId: NodeId): Promise<PipeSource | undefined> {
    if (nodeId === this.#deps.own.nodeId) return Promise.resolve(this.#deps.own);
    const source = this.#deps.settings.neighbours.get(nodeId);
    const episode = this.#apart.get(nodeId);
    const failedFor = episode ? Date.now() - episode.failedAt : Infinity;
    if (source && (episode?.why !== 'silent' || failedFor >= REST_MS)) return Promise.resolve(source);
    if (source || failedFor < AGAIN_MS) return Promise.resolve(undefined);
    const waiting = this.#waiting.get(nodeId) ?? this.#waitFor(nodeId);
    this.#waiting.set(nodeId, waiting);
    return waiting;
  }

  /** The link stands, but a pipe does not open or carries nothing: told once in ten seconds. */
  noPipe(nodeId: NodeId): void {
    const now = Date.now();
    for (const [other, toldAt] of this.#noPipe) if (now - toldAt >= AGAIN_MS) this.#noPipe.delete(other);
    if (this.#noPipe.has(nodeId)) return;
    this.#noPipe.set(nodeId, now);
    this.#deps.settings.logger.warn({ otherId: nodeId }, 'a node answers, but no pipe holds with it');
    this.#deps.emit({ type: 'nodesApart', otherId: nodeId });
  }

  async #waitFor(nodeId: NodeId): Promise<PipeSource | undefined> {
    const end = Date.now() + LINK_WAIT_MS;
    try {
      while (Date.now() < end) {
        await new Promise((resolve) => setTimeout(resolve, LINK_POLL_MS));
        const source = this.#deps.settings.neighbours.get(nodeId);
        if (source) return source;
      }
    } finally {
      this.#waiting.delete(nodeId);
    }
    this.#failed(nodeId, 'noLink');
    return undefined;
  }

  #failed(nodeId: NodeId, why: Episode['why']): void {
    if (nodeId === this.#deps.own.nodeId) return;
    const now = Date.now();
    const episode = this.#apart.get(nodeId);
    const told = episode !== undefined && now - episode.toldAt < AGAIN_MS;
    this.#forgetOld(now);
    this.#apart.set(nodeId, { why, failedAt: now, toldAt: told ? episode.toldAt : now });
    if (told) return;
    this.#deps.settings.logger.warn({ otherId: nodeId }, 'a node whose producers are wanted is out of reach');
    this.#deps.emit({ type: 'nodesApart', otherId: nodeId });
  }

  /** A node that is asked for no more has ended: each run of a node has another id. */
  #forgetOld(now: number): void {
    for (const [nodeId, { failedAt }] of this.#apart) {
      if (now - failedAt > 10 * AGAIN_MS) this.#apart.delete(nodeId);
    }
  }
}
