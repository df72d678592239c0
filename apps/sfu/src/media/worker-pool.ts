import type { SfuSettings } from '../options.ts';
import type { MediaWorker } from './media-worker.ts';
import { WorkerSlot } from './worker-slot.ts';

type Waiter = (worker: MediaWorker | undefined) => void;

/** Requests that may wait for a worker at once; one more is refused, as nothing would come of its waiting. */
const MAX_WAITING = 1000;

/** The node's workers: keeps their number, and gives each new room the least loaded one. */
export class WorkerPool {
  readonly slots: readonly WorkerSlot[];
  readonly #waiters = new Set<Waiter>();

  static async create(settings: SfuSettings): Promise<WorkerPool> {
    const pool = new WorkerPool(settings);
    const started = await Promise.allSettled(pool.slots.map((slot) => slot.start()));
    const failed = started.find((outcome) => outcome.status === 'rejected');
    if (failed) {
      await pool.close();
      throw failed.reason;
    }
    return pool;
  }

  private constructor(settings: SfuSettings) {
    const deps = { settings, onUp: () => this.#serveWaiters() };
    this.slots = Array.from({ length: settings.workers }, (_, index) => new WorkerSlot(index, deps));
  }

  /** The least loaded worker; undefined if none comes up within `waitMs`. */
  async pick(waitMs: number): Promise<MediaWorker | undefined> {
    return this.#leastLoaded() ?? (await this.#nextUp(waitMs));
  }

  /** Fewest consumers first, as they are what costs; rooms decide between workers that have none yet. */
  #leastLoaded(): MediaWorker | undefined {
    const up = this.slots.flatMap((slot) => slot.worker ?? []);
    return up.sort((a, b) => a.consumerCount - b.consumerCount || a.rooms.size - b.rooms.size)[0];
  }

  #nextUp(waitMs: number): Promise<MediaWorker | undefined> {
    if (this.#waiters.size >= MAX_WAITING) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const done: Waiter = (worker) => {
        clearTimeout(timer);
        this.#waiters.delete(done);
        resolve(worker);
      };
      const timer = setTimeout(() => done(undefined), waitMs);
      this.#waiters.add(done);
    });
  }

  #serveWaiters(): void {
    for (const waiter of [...this.#waiters]) waiter(this.#leastLoaded());
  }

  async close(): Promise<void> {
    for (const waiter of [...this.#waiters]) waiter(undefined);
    await Promise.all(this.slots.map((slot) => slot.close()));
  }
}
