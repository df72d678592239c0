import type { SfuSettings } from '../options.ts';
import type { HostedRoom, MediaWorker } from './media-worker.ts';
import { WorkerSlot } from './worker-slot.ts';

/** Takes a worker, or nothing when the wait is over. */
type Waiter = (give: (room: HostedRoom) => MediaWorker | undefined) => void;

/** Requests that may wait for a worker at once; one more is refused, as nothing would come of its waiting. */
const MAX_WAITING = 1000;

const nothing = (): undefined => undefined;

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

  /**
   * The least loaded worker, which the room counts for from this moment on, so that many rooms opened at once are
   * spread; undefined if none comes up within `waitMs`.
   */
  async place(room: HostedRoom, waitMs: number): Promise<MediaWorker | undefined> {
    return this.#give(room) ?? (await this.#nextUp(room, waitMs));
  }

  #give(room: HostedRoom): MediaWorker | undefined {
    const worker = this.#leastLoaded();
    worker?.rooms.add(room);
    return worker;
  }

  /** Fewest consumers first, as they are what costs; rooms decide between workers that have none yet. */
  #leastLoaded(): MediaWorker | undefined {
    const up = this.slots.flatMap((slot) => slot.worker ?? []);
    return up.sort((a, b) => a.consumerCount - b.consumerCount || a.rooms.size - b.rooms.size)[0];
  }

  #nextUp(room: HostedRoom, waitMs: number): Promise<MediaWorker | undefined> {
    if (this.#waiters.size >= MAX_WAITING) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const done: Waiter = (give) => {
        clearTimeout(timer);
        this.#waiters.delete(done);
        resolve(give(room));
      };
      const timer = setTimeout(() => done(nothing), waitMs);
      this.#waiters.add(done);
    });
  }

  #serveWaiters(): void {
    for (const waiter of [...this.#waiters]) waiter((room) => this.#give(room));
  }

  async close(): Promise<void> {
    for (const waiter of [...this.#waiters]) waiter(nothing);
    await Promise.all(this.slots.map((slot) => slot.close()));
  }
}
