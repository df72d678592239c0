import type { SfuSettings } from '../options.ts';
import type { MediaWorker } from './media-worker.ts';
import { SpareWorker } from './spare-worker.ts';
import { WorkerSlot } from './worker-slot.ts';

/** Requests that may wait for a worker at once; one more is refused, as nothing would come of its waiting. */
const MAX_WAITING = 1000;

/** The node's workers: keeps their number, and has requests wait while none is up. */
export class WorkerPool {
  readonly slots: readonly WorkerSlot[];
  readonly #spare: SpareWorker;
  readonly #waiters = new Set<(up: readonly MediaWorker[]) => void>();

  static async create(settings: SfuSettings): Promise<WorkerPool> {
    const pool = new WorkerPool(settings);
    const started = await Promise.allSettled(pool.slots.map((slot) => slot.start()));
    const failed = started.find((outcome) => outcome.status === 'rejected');
    if (failed) {
      await pool.close();
      throw failed.reason;
    }
    pool.#spare.prepare();
    return pool;
  }

  private constructor(settings: SfuSettings) {
    this.#spare = new SpareWorker(settings);
    const deps = { settings, spare: this.#spare, onUp: () => this.#serveWaiters() };
    this.slots = Array.from({ length: settings.workers }, (_, index) => new WorkerSlot(index, deps));
  }

  /** Of the process that waits for the next death. */
  get sparePid(): number | undefined {
    return this.#spare.pid;
  }

  get up(): MediaWorker[] {
    return this.slots.flatMap((slot) => slot.worker ?? []);
  }

  /** What `choose` makes of the workers that are up; undefined if none comes up within `waitMs`. */
  async place<T>(
    choose: (up: readonly MediaWorker[]) => T | undefined,
    waitMs: number,
  ): Promise<T | undefined> {
    const { up } = this;
    return up.length > 0 ? choose(up) : this.#nextUp(choose, waitMs);
  }

  #nextUp<T>(choose: (up: readonly MediaWorker[]) => T | undefined, waitMs: number): Promise<T | undefined> {
    if (this.#waiters.size >= MAX_WAITING) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const done = (up: readonly MediaWorker[]) => {
        clearTimeout(timer);
        this.#waiters.delete(done);
        resolve(up.length > 0 ? choose(up) : undefined);
      };
      const timer = setTimeout(() => done([]), waitMs);
      this.#waiters.add(done);
    });
  }

  #serveWaiters(): void {
    for (const waiter of [...this.#waiters]) waiter(this.up);
  }

  async close(): Promise<void> {
    for (const waiter of [...this.#waiters]) waiter([]);
    this.#spare.close();
    await Promise.all(this.slots.map((slot) => slot.close()));
  }
}
