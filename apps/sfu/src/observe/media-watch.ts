import { observer } from 'mediasoup';
import type { types } from 'mediasoup';

/** A transport that packets cross, and what goes through it. */
export interface WatchedTransport {
  readonly transport: Pick<types.Transport, 'id' | 'closed' | 'getStats'>;
  readonly path: Path;
  readonly producers: ReadonlySet<WatchedStream>;
  readonly consumers: ReadonlySet<WatchedStream>;
}

/** To and from a browser, or another router. */
export type Path = 'webrtc' | 'pipe';

export type WatchedStream = Pick<types.Producer, 'id' | 'closed'> & {
  getStats(): Promise<readonly object[]>;
};

export interface MediaWatch {
  /** What is open on the worker with this pid. */
  transports(pid: number): readonly WatchedTransport[];
  close(): void;
}

/**
 * Keeps in mind what every worker that starts from now on holds, by mediasoup's own observers: who measures needs
 * nothing of rooms and peers, and they nothing of it. To be called before the node is created.
 */
export function watchMedia(): MediaWatch {
  const workers = new Map<number, Set<WatchedTransport>>();
  const newWorker = (worker: types.Worker) => {
    const open = new Set<WatchedTransport>();
    workers.set(worker.pid, open);
    worker.observer.once('close', () => {
      if (workers.get(worker.pid) === open) workers.delete(worker.pid);
    });
    worker.observer.on('newrouter', (router) => {
      router.observer.on('newtransport', (transport) => watchTransport(transport, open));
    });
  };
  observer.on('newworker', newWorker);
  return {
    transports: (pid) => [...(workers.get(pid) ?? [])],
    close: () => {
      observer.off('newworker', newWorker);
      workers.clear();
    },
  };
}

function watchTransport(transport: types.Transport, open: Set<WatchedTransport>): void {
  const path = pathOf(transport.type);
  if (!path) return;
  const producers = new Set<WatchedStream>();
  const consumers = new Set<WatchedStream>();
  const watched = { transport, path, producers, consumers };
  open.add(watched);
  transport.observer.once('close', () => open.delete(watched));
  transport.observer.on('newproducer', (producer) => {
    producers.add(producer);
    producer.observer.once('close', () => producers.delete(producer));
  });
  transport.observer.on('newconsumer', (consumer) => {
    consumers.add(consumer);
    consumer.observer.once('close', () => consumers.delete(consumer));
  });
}

/** Direct transports cross no network. */
function pathOf(type: types.TransportType): Path | undefined {
  if (type === 'webrtc' || type === 'pipe') return type;
  return undefined;
}
