import { z } from 'zod';
import { nodeId } from './ids.ts';

/** How a media node says where it is and what it carries. */
export const nodeAnnouncement = z.strictObject({
  nodeId,
  /** Where its control link is reached by hubs and by other nodes, `http://host:port`. */
  controlUrl: z.url({ protocol: /^https?$/ }),
  /** About to stop: nobody new is to be placed on it. */
  draining: z.boolean(),
  load: z.strictObject({
    /** Workers that are up. */
    workers: z.int().min(0),
    /** Consumers that its workers may carry in all: workers × budget. */
    capacity: z.int().min(0),
    consumers: z.int().min(0),
    peers: z.int().min(0),
  }),
});
export type NodeAnnouncement = z.infer<typeof nodeAnnouncement>;

/**
 * Where media nodes are found. An announcement holds for a few seconds, so that a node that died is soon no longer
 * listed; whether a listed node is alive is known by its control link alone.
 */
export interface NodeDirectory {
  /** Makes the announcement known, and again every second with what `current` then says, until `withdraw`. */
  announce(current: () => NodeAnnouncement): void;
  withdraw(): Promise<void>;
  /** Calls `listener` at once and on every change with the nodes that are known now; while the directory is away, with those last known. */
  watch(listener: (nodes: readonly NodeAnnouncement[]) => void): () => void;
  close(): Promise<void>;
}
