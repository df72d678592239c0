import type { NodeAnnouncement } from '@relais/protocol';

/** The nodes that are known now, and who wants to hear of changes. */
export class NodeList {
  #nodes: readonly NodeAnnouncement[] = [];
  #said = '[]';
  readonly #listeners = new Set<(nodes: readonly NodeAnnouncement[]) => void>();

  /** Tells listeners when anything is other than before. */
  set(nodes: readonly NodeAnnouncement[]): void {
    const sorted = [...nodes].sort((a, b) => (a.nodeId < b.nodeId ? -1 : 1));
    const said = JSON.stringify(sorted);
    if (said === this.#said) return;
    this.#said = said;
    this.#nodes = sorted;
    for (const listener of [...this.#listeners]) listener(sorted);
  }

  watch(listener: (nodes: readonly NodeAnnouncement[]) => void): () => void {
    const own = (nodes: readonly NodeAnnouncement[]) => listener(nodes);
    this.#listeners.add(own);
    own(this.#nodes);
    return () => void this.#listeners.delete(own);
  }

  close(): void {
    this.#listeners.clear();
  }
}
