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
/** A pipe that does not open, so long after another that did not, is no accident: its router may just have closed. */
const NO_ACCIDENT_MS = { min: 1000, max: 30_000 };

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
  /** Since when no pipe to a node has opened. */
  readonly #notOpenedSince = new Map<NodeId, number>();

  constructor(deps: ReachDeps) {
    this.#deps = deps;
  }

  /** Undefined if the node is out of reach; never rejects. */
  async locate(nodeId: NodeId, roomId: string, ids: readonly ProducerId[]): Promise<Located | undefined> {
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const source = await this.source(nodeId);
      if (!source) return undefined;
      const located = await this.#askWhere(source, roomId, ids);
      if (located === 'silent') break;
      if (located !== 'unavailable') {
        this.#apart.delete(nodeId);
        return located;
      }
    }
    this.#failed(nodeId, 'silent');
    return undefined;
  }

  /** `unavailable` is also what was asked when the line broke: the next question waits until it is whole again. */
  async #askWhere(
    source: PipeSource,
    roomId: string,
    ids: readonly ProducerId[],
  ): Promise<Located | 'unavailable' | 'silent'> {
    try {
      const asked = source.locate(roomId, ids);
      const located = await withTimeout(asked, LOCATE_TIMEOUT_MS, 'locating producers');
      if (!located.ok) return 'unavailable';
      const routerOf = new Map(located.value.map(({ producerId, routerId }) => [producerId, routerId]));
      return { source, routerOf };
    } catch (error) {
      this.#deps.settings.logger.warn({ otherId: source.nodeId, err: error }, 'a node does not answer');
      return 'silent';
    }
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

  /** A pipe to that node opened, or did not although the node answers: its ports or ours may all be in use. */
  pipeOpened(nodeId: NodeId, done: boolean): void {
    if (nodeId === this.#deps.own.nodeId) return;
    if (done) return void this.#notOpenedSince.delete(nodeId);
    const now = Date.now();
    for (const [other, since] of this.#notOpenedSince)
      if (now - since > NO_ACCIDENT_MS.max) this.#notOpenedSince.delete(other);
    const since = this.#notOpenedSince.get(nodeId) ?? now;
    this.#notOpenedSince.set(nodeId, since);
    if (now - since >= NO_ACCIDENT_MS.min) this.noPipe(nodeId);
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
