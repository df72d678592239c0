import type { MediaWorker } from './media-worker.ts';

interface Newcomer {
  /** The routers that the room has, by their workers. */
  routers: ReadonlyMap<MediaWorker, { readonly peerCount: number }>;
  /** Consumers that a worker is to carry. */
  budget: number;
  /** How many consumers it asks for. */
  wanted: number;
  /** Peers that the room has already. */
  others: number;
}

/**
 * A worker that carries the room already and has budget left, so that as little as possible is piped; else the
 * least loaded one. Of several the least loaded: fewest consumers, as they are what costs, then fewest rooms.
 */
export function chooseWorker(up: readonly MediaWorker[], newcomer: Newcomer): MediaWorker | undefined {
  const sorted = up
    .map((worker) => ({ worker, load: worker.load }))
    .sort((a, b) => a.load - b.load || a.worker.rooms.size - b.worker.rooms.size);
  const within = sorted.find(({ worker, load }) => {
    const router = newcomer.routers.get(worker);
    return router && load + addedTo(router.peerCount, newcomer) <= newcomer.budget;
  });
  return (within ?? sorted[0])?.worker;
}

/** A voice and a camera: the most that is assumed of somebody who has sent nothing yet. */
const MOST_OF_ONE = 2;

/** What it will receive, at least everybody's sound; and as much as it wants of each, each will want of it. */
function addedTo(peersThere: number, { wanted, others }: Newcomer): number {
  const received = Math.max(wanted, others);
  const ofOne = others === 0 ? 0 : Math.min(received / others, MOST_OF_ONE);
  return received + Math.ceil(ofOne * peersThere);
}
