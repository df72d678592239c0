import { backoff } from '@relais/kit';
import type { NodeAnnouncement, NodeDirectory, NodeId, PipeSource } from '@relais/protocol';
import type { NodeLink } from './connect/connect-node.ts';
import type { LinkChange } from './connect/link.ts';
import { Listeners } from './connect/listeners.ts';
import type { Logger } from './logger.ts';

/** Between two attempts to reach a node that the directory lists. */
const RECONNECT_BASE_MS = 250;
const RECONNECT_MAX_MS = 8000;

export interface NodeLinksDeps {
  directory: NodeDirectory;
  connect: (announcement: NodeAnnouncement) => NodeLink;
  /** The node of this very process, to which no link is needed. */
  self?: NodeId;
  logger: Logger;
}

export interface LinkedNode {
  link: NodeLink;
  /** The last known; a node that the directory has lost stays linked for as long as its link stands. */
  announcement: NodeAnnouncement;
}

export interface NodeLinks {
  /** Those whose link is not lost. */
  all(): LinkedNode[];
  /**
   * Undefined when it is not known, or its link is lost, also while it is tried again. Calls of a node that is only just
   * known wait until its link is up.
   */
  get(nodeId: NodeId): NodeLink | undefined;
  /** Calls `listener` with each link before it is up: to subscribe to its facts. */
  onLink(listener: (link: NodeLink) => void): () => void;
  /** `lost` is told only of a link that was up. */
  onChange(listener: (told: { nodeId: NodeId; change: LinkChange }) => void): () => void;
  close(): Promise<void>;
}

/** Keeps a link to each node that the directory lists; one that is lost is tried again for as long as it is listed. */
export function createNodeLinks(deps: NodeLinksDeps): NodeLinks {
  return new Links(deps);
}

interface Entry {
  announcement: NodeAnnouncement;
  listed: boolean;
  link: NodeLink | undefined;
  wasUp: boolean;
  failures: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

class Links implements NodeLinks {
  readonly #deps: NodeLinksDeps;
  readonly #entries = new Map<NodeId, Entry>();
  readonly #onLink: Listeners<NodeLink>;
  readonly #onChange: Listeners<{ nodeId: NodeId; change: LinkChange }>;
  readonly #unwatch: () => void;
  #closed = false;

  constructor(deps: NodeLinksDeps) {
    this.#deps = deps;
    this.#onLink = new Listeners(deps.logger);
    this.#onChange = new Listeners(deps.logger);
    this.#unwatch = deps.directory.watch((nodes) => this.#listed(nodes));
  }

  all(): LinkedNode[] {
    return [...this.#entries.values()].flatMap(({ link, announcement }) =>
      link ? [{ link, announcement }] : [],
    );
  }

  get(nodeId: NodeId): NodeLink | undefined {
    const entry = this.#entries.get(nodeId);
    // Who takes the attempt for a link would wait for a node that may never answer.
    return entry?.failures === 0 ? entry.link : undefined;
  }

  onLink(listener: (link: NodeLink) => void): () => void {
    for (const { link } of this.all()) listener(link);
    return this.#onLink.add(listener);
  }

  onChange(listener: (told: { nodeId: NodeId; change: LinkChange }) => void): () => void {
    return this.#onChange.add(listener);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#unwatch();
    for (const { link, timer } of this.#entries.values()) {
      clearTimeout(timer);
      await link?.close();
    }
    this.#entries.clear();
  }

  #listed(nodes: readonly NodeAnnouncement[]): void {
    const ids = new Set(nodes.map(({ nodeId }) => nodeId));
    for (const [nodeId, entry] of this.#entries) {
      if (ids.has(nodeId)) continue;
      entry.listed = false;
      if (!entry.link) this.#forget(nodeId, entry);
    }
    for (const announcement of nodes) {
      if (announcement.nodeId === this.#deps.self) continue;
      const known = this.#entries.get(announcement.nodeId);
      if (known) Object.assign(known, { announcement, listed: true });
      else this.#add(announcement);
    }
  }

  #add(announcement: NodeAnnouncement): void {
    const entry: Entry = {
      announcement,
      listed: true,
      link: undefined,
      wasUp: false,
      failures: 0,
      timer: undefined,
    };
    this.#entries.set(announcement.nodeId, entry);
    this.#connect(entry);
  }

  #connect(entry: Entry): void {
    const link = this.#deps.connect(entry.announcement);
    entry.link = link;
    entry.wasUp = false;
    this.#onLink.tell(link);
    link.onChange((change) => this.#changed(entry, change));
  }

  #changed(entry: Entry, change: LinkChange): void {
    if (this.#closed) return;
    const { nodeId } = entry.announcement;
    const { wasUp } = entry;
    if (change === 'up') Object.assign(entry, { wasUp: true, failures: 0 });
    if (change === 'lost') this.#lost(entry);
    else this.#deps.logger.info({ node: nodeId, change }, 'the link to a media node changed');
    if (change !== 'lost' || wasUp) this.#onChange.tell({ nodeId, change });
  }

  #lost(entry: Entry): void {
    const { nodeId, controlUrl } = entry.announcement;
    const failure = entry.link?.failure;
    entry.link = undefined;
    // Once for each time that it is lost, and not for each attempt that fails after it.
    if (entry.failures === 0)
      this.#deps.logger.warn({ node: nodeId, controlUrl, failure }, 'no link to a media node');
    if (!entry.listed) return this.#forget(nodeId, entry);
    const wait = backoff(entry.failures, Math.random(), RECONNECT_BASE_MS, RECONNECT_MAX_MS);
    entry.failures += 1;
    entry.timer = setTimeout(() => this.#connect(entry), wait);
    entry.timer.unref();
  }

  #forget(nodeId: NodeId, entry: Entry): void {
    clearTimeout(entry.timer);
    this.#entries.delete(nodeId);
  }
}

/** The other nodes, for one that takes producers from them. */
export interface Neighbours {
  get(nodeId: NodeId): PipeSource | undefined;
  /** Calls `listener` with a node whose link was up and is lost: what was taken from it is gone. */
  onGone(listener: (nodeId: NodeId) => void): () => void;
  close(): Promise<void>;
}

/** Links to all other nodes, opened before they are needed: whoever speaks first is then heard at once. */
export function createNeighbours(deps: NodeLinksDeps & { self: NodeId }): Neighbours {
  const links = createNodeLinks(deps);
  return {
    get: (nodeId) => links.get(nodeId),
    onGone: (listener) =>
      links.onChange(({ nodeId, change }) => {
        if (change === 'lost') listener(nodeId);
      }),
    close: () => links.close(),
  };
}
