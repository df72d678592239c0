import type { NodeAnnouncement, NodeDirectory } from '@relais/protocol';
import { ANNOUNCE_INTERVAL_MS } from './limits.ts';
import { NodeList } from './node-list.ts';

/** What several nodes and hubs in one process share: each opens a directory of its own on it. */
export interface NodeBoard {
  open(): NodeDirectory;
}

export function createNodeBoard(): NodeBoard {
  const announced = new Map<object, NodeAnnouncement>();
  const lists = new Set<NodeList>();
  const changed = () => {
    for (const list of lists) list.set([...announced.values()]);
  };
  return {
    open: () => {
      const list = new NodeList();
      lists.add(list);
      list.set([...announced.values()]);
      return new MemoryDirectory(announced, list, changed, () => lists.delete(list));
    },
  };
}

class MemoryDirectory implements NodeDirectory {
  readonly #announced: Map<object, NodeAnnouncement>;
  readonly #list: NodeList;
  readonly #changed: () => void;
  readonly #left: () => void;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    announced: Map<object, NodeAnnouncement>,
    list: NodeList,
    changed: () => void,
    left: () => void,
  ) {
    this.#announced = announced;
    this.#list = list;
    this.#changed = changed;
    this.#left = left;
  }

  announce(current: () => NodeAnnouncement): void {
    clearInterval(this.#timer);
    const say = () => {
      this.#announced.set(this, current());
      this.#changed();
    };
    this.#timer = setInterval(say, ANNOUNCE_INTERVAL_MS);
    this.#timer.unref();
    say();
  }

  async withdraw(): Promise<void> {
    clearInterval(this.#timer);
    if (this.#announced.delete(this)) this.#changed();
  }

  watch(listener: (nodes: readonly NodeAnnouncement[]) => void): () => void {
    return this.#list.watch(listener);
  }

  async close(): Promise<void> {
    this.#left();
    this.#list.close();
    await this.withdraw();
  }
}
