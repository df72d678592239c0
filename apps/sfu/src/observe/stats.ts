import type { MediaWorker } from '../media/media-worker.ts';
import type { WorkerSlot } from '../media/worker-slot.ts';

/** What one worker carries and costs. `pid`, `cpuMs` and `maxRssKb` are null while none is up or it is silent. */
export interface WorkerStats {
  index: number;
  pid: number | null;
  state: WorkerSlot['state'];
  /** How often a worker of this place has died. */
  restarts: number;
  rooms: number;
  peers: number;
  producers: number;
  consumers: number;
  /** Processor time since it started, user and system together. */
  cpuMs: number | null;
  maxRssKb: number | null;
}

export interface SfuStats {
  rooms: number;
  peers: number;
  producers: number;
  consumers: number;
  workers: WorkerStats[];
}

/** A room counts once here, and for each worker that carries some of it. */
export async function statsOf(slots: readonly WorkerSlot[], rooms: number): Promise<SfuStats> {
  const workers = await Promise.all(slots.map(workerStats));
  const total = (count: (worker: WorkerStats) => number) =>
    workers.reduce((sum, each) => sum + count(each), 0);
  return {
    rooms,
    peers: total((worker) => worker.peers),
    producers: total((worker) => worker.producers),
    consumers: total((worker) => worker.consumers),
    workers,
  };
}

async function workerStats(slot: WorkerSlot): Promise<WorkerStats> {
  const { index, state, restarts, worker } = slot;
  const usage = worker && (await usageOf(worker));
  return {
    index,
    pid: worker?.pid ?? null,
    state,
    restarts,
    rooms: worker?.rooms.size ?? 0,
    peers: worker?.peerCount ?? 0,
    producers: worker?.producerCount ?? 0,
    consumers: worker?.consumerCount ?? 0,
    cpuMs: usage?.cpuMs ?? null,
    maxRssKb: usage?.maxRssKb ?? null,
  };
}

async function usageOf(worker: MediaWorker): Promise<{ cpuMs: number; maxRssKb: number } | undefined> {
  try {
    const { ru_utime, ru_stime, ru_maxrss } = await worker.resourceUsage();
    return { cpuMs: ru_utime + ru_stime, maxRssKb: ru_maxrss };
  } catch {
    // It died or does not answer: the other workers' numbers are wanted none the less.
    return undefined;
  }
}
