import type { LinkChange, LinkState, NodeLink } from '@relais/control';
import { fail, ok } from '@relais/kit';
import type { MemoryMediaNode } from '@relais/testing';

/** A link without a line to a node of memory: it comes up, breaks and is lost at will. */
export interface MemoryLink extends NodeLink {
  become(change: LinkChange): void;
}

export function createMemoryLink(node: MemoryMediaNode): MemoryLink {
  const listeners = new Set<(change: LinkChange) => void>();
  const unsubscribe = new Set<() => void>();
  let state: LinkState = 'opening';
  const link: MemoryLink = {
    nodeId: node.nodeId,
    openPeer: (request) => node.openPeer(request),
    closePeer: (key) => node.closePeer(key),
    produce: (request) => node.produce(request),
    pauseProducer: (...args) => node.pauseProducer(...args),
    closeProducer: (...args) => node.closeProducer(...args),
    consume: (request) => node.consume(request),
    pauseConsumers: (...args) => node.pauseConsumers(...args),
    closeConsumers: (...args) => node.closeConsumers(...args),
    withdraw: (...args) => node.withdraw(...args),
    preferLayer: (...args) => node.preferLayer(...args),
    tellDemand: (keys) => node.tellDemand(keys),
    restartIce: (...args) => node.restartIce(...args),
    missing: (keys) => node.missing(keys),
    isReady: async () => state === 'up' && node.isReady(),
    subscribe: (listener) => {
      const stop = node.subscribe(listener);
      unsubscribe.add(stop);
      return stop;
    },
    close: async () => link.become('lost'),
    // No pipes are had from a node of memory.
    locate: async () => ok([]),
    openPipe: async () => fail({ kind: 'unavailable' }),
    takeProducer: async () => fail({ kind: 'unavailable' }),
    wantProducer: async () => fail({ kind: 'unavailable' }),
    letProducerGo: async () => undefined,
    closePipe: async () => undefined,
    subscribePipes: () => () => undefined,
    get state() {
      return state;
    },
    get failure() {
      return state === 'lost' ? ('unreachable' as const) : undefined;
    },
    whenUp: async () => state === 'up',
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    become: (change) => {
      if (state === 'lost') return;
      state = change === 'resumed' ? 'up' : change;
      if (state === 'lost') for (const stop of unsubscribe) stop();
      for (const listener of [...listeners]) listener(change);
    },
  };
  return link;
}
