import { createNodeLinks, type NodeLink, type NodeLinks } from '@relais/control';
import type { MediaNode, NodeAnnouncement, NodeDirectory, NodeId } from '@relais/protocol';
import type { MediaNodes, MediaNodesFact } from '../ports/media-nodes.ts';
import { ApartNodes, chooseNode, RecentPlacements, type Candidate } from './placement.ts';

/** What this adapter asks of a logger; pino's fits. */
interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface ClusterMediaNodesDeps {
  /** Its owner closes it. */
  directory: NodeDirectory;
  connect: (announcement: NodeAnnouncement) => NodeLink;
  /** The node of this very process, which needs no link; its owner closes it. */
  local?: MediaNode;
  logger: Logger;
}

/**
 * The nodes that the directory lists, each over a link of its own. What is known of a node's load is what it last
 * announced; a node whose link stands is used on, also when the directory has lost it (Redis was started anew).
 */
export function createClusterMediaNodes(deps: ClusterMediaNodesDeps): MediaNodes {
  return new ClusterMediaNodes(deps);
}

class ClusterMediaNodes implements MediaNodes {
  readonly #local: MediaNode | undefined;
  readonly #links: NodeLinks;
  readonly #logger: Logger;
  readonly #listeners = new Set<(nodeId: NodeId, fact: MediaNodesFact) => void>();
  /** Told by the node itself, before the directory says so. */
  readonly #draining = new Set<NodeId>();
  readonly #apart = new ApartNodes();
  readonly #recent = new RecentPlacements();
  readonly #undo: (() => void)[] = [];
  #localAnnouncement: NodeAnnouncement | undefined;

  constructor({ directory, connect, local, logger }: ClusterMediaNodesDeps) {
    this.#local = local;
    this.#logger = logger;
    this.#links = createNodeLinks({ directory, connect, logger, ...(local && { self: local.nodeId }) });
    this.#undo.push(
      this.#links.onLink((link) => link.subscribe((fact) => this.#tell(link.nodeId, fact))),
      this.#links.onChange(({ nodeId, change }) => {
        if (change === 'lost') this.#lost(nodeId);
        else if (change === 'resumed') this.#tell(nodeId, { type: 'nodeResumed' });
        else if (change === 'up') this.#tell(nodeId, { type: 'nodeFound' });
      }),
    );
    if (!local) return;
    this.#undo.push(
      local.subscribe((fact) => this.#tell(local.nodeId, fact)),
      directory.watch((nodes) => {
        this.#localAnnouncement =
          nodes.find(({ nodeId }) => nodeId === local.nodeId) ?? this.#localAnnouncement;
      }),
    );
  }

  get size(): number {
    return this.#candidates().length;
  }

  place(meetingId: string, using: ReadonlyMap<NodeId, number>): MediaNode | undefined {
    const chosen = chooseNode(meetingId, this.#candidates(), using, this.#apart);
    if (!chosen) return undefined;
    this.#recent.note(chosen.node.nodeId, chosen.cost);
    return chosen.node;
  }

  get(nodeId: NodeId): MediaNode | undefined {
    return nodeId === this.#local?.nodeId ? this.#local : this.#links.get(nodeId);
  }

  async isReady(): Promise<boolean> {
    // One after another, the nearest first: the first that says yes is enough.
    for (const { node } of this.#candidates()) if (await node.isReady()) return true;
    return false;
  }

  subscribe(listener: (nodeId: NodeId, fact: MediaNodesFact) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    for (const undo of this.#undo.splice(0)) undo();
    this.#listeners.clear();
    await this.#links.close();
  }

  /** Those on which somebody could be placed, the node of this process first. A link that is coming back will do when none is up. */
  #candidates(): Candidate[] {
    const linked = this.#links.all();
    const up = linked.filter(({ link }) => link.state === 'up');
    const reachable =
      up.length > 0 || this.#local ? up : linked.filter(({ link }) => link.state === 'broken');
    const remote = reachable.map(({ link, announcement }) => this.#candidate(link, announcement));
    const local = this.#local ? [this.#candidate(this.#local, this.#localAnnouncement)] : [];
    return [...local, ...remote].filter((each) => each !== undefined);
  }

  #candidate(node: MediaNode, announcement: NodeAnnouncement | undefined): Candidate | undefined {
    const { nodeId } = node;
    if (announcement?.draining || announcement?.load.workers === 0 || this.#draining.has(nodeId))
      return undefined;
    const { capacity, consumers } = announcement?.load ?? { capacity: 0, consumers: 0 };
    return { node, capacity, consumers: consumers + this.#recent.costOn(nodeId) };
  }

  #lost(nodeId: NodeId): void {
    this.#draining.delete(nodeId);
    this.#tell(nodeId, { type: 'nodeLost' });
  }

  #tell(nodeId: NodeId, fact: MediaNodesFact): void {
    if (fact.type === 'draining') this.#draining.add(nodeId);
    if (fact.type === 'nodesApart') this.#apart.note(nodeId, fact.otherId);
    for (const listener of [...this.#listeners]) {
      try {
        listener(nodeId, fact);
      } catch (error) {
        this.#logger.error({ err: error, fact: fact.type }, 'a listener of media facts threw');
      }
    }
  }
}
