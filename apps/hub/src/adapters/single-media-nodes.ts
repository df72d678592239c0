import type { MediaNode } from '@relais/protocol';
import type { MediaNodes } from '../ports/media-nodes.ts';

/** The one node there is, in this process: it cannot be lost without it. */
export function createSingleMediaNodes(node: MediaNode): MediaNodes {
  return {
    size: 1,
    place: () => node,
    get: (nodeId) => (nodeId === node.nodeId ? node : undefined),
    isReady: () => node.isReady(),
    subscribe: (listener) => node.subscribe((fact) => listener(node.nodeId, fact)),
    close: () => node.close(),
  };
}
