import type { MediaFact, MediaNode, NodeId } from '@relais/protocol';

/** The media nodes that this hub can drive: the one in its own process, or those that a directory lists. */
export interface MediaNodes {
  /** How many somebody could be placed on. */
  readonly size: number;
  /**
   * The node for a newcomer of a meeting, whose people are on the nodes `using` (how many on each): one that carries the
   * meeting and has budget left, else one of the least loaded, the same for one meeting on every hub; none that drains, nor one that cannot be piped with those in
   * use. Undefined when none is up.
   */
  place(meetingId: string, using: ReadonlyMap<NodeId, number>): MediaNode | undefined;
  /** Undefined when it is not known, or is lost. */
  get(nodeId: NodeId): MediaNode | undefined;
  /** Whether somebody could be placed now. */
  isReady(): Promise<boolean>;
  subscribe(listener: (nodeId: NodeId, fact: MediaNodesFact) => void): () => void;
  close(): Promise<void>;
}

export type MediaNodesFact =
  | MediaFact
  /** Its control link is gone and did not come back at once: what is on it is to be opened elsewhere. */
  | { type: 'nodeLost' }
  /** It can be asked for the first time: people who came from a hub that died may have had their media on it all along. */
  | { type: 'nodeFound' }
  /** Its link was broken for a moment: facts may have been missed, ask `missing`. */
  | { type: 'nodeResumed' };
