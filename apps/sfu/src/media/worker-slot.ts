import { backoff } from '@relais/kit';
import type { SfuSettings } from '../options.ts';
import { MediaWorker } from './media-worker.ts';
import type { SpareWorker } from './spare-worker.ts';

/** A worker that died is replaced at once, unless it is the third to die within this time. */
const RECENT_MS = 30_000;
const DEATHS_BEFORE_BACKOFF = 3;

type SlotState =
  | { is: 'starting' }
  | { is: 'up'; worker: MediaWorker }
  /** Too many died of late: the next one starts when the timer fires. */
  | { is: 'resting'; timer: ReturnType<typeof setTimeout> }
  | { is: 'closed' };

interface SlotDeps {
  settings: SfuSettings;
  spare: SpareWorker;
  onUp(): void;
}

/** The place of one worker: it holds one process at a time and fills the place again when that dies. */
export class WorkerSlot {
  readonly index: number;
  readonly #deps: SlotDeps;
  #state: SlotState = { is: 'starting' };
  #deaths: number[] = [];
  #restarts = 0;

  constructor(index: number, deps: SlotDeps) {
    this.index = index;
    this.#deps = deps;
  }

  get worker(): MediaWorker | undefined {
    return this.#state.is === 'up' && !this.#state.worker.closed ? this.#state.worker : undefined;
  }

  get state(): SlotState['is'] {
    return this.#state.is;
  }

  get restarts(): number {
    return this.#restarts;
  }

  /** Starts the first worker. Throws if it cannot: the settings are wrong, and trying again would hide it. */
  async start(): Promise<void> {
    this.#occupy(await MediaWorker.start(this.index, this.#deps.settings));
  }

  async close(): Promise<void> {
    const state = this.#state;
    this.#state = { is: 'closed' };
    if (state.is === 'resting') clearTimeout(state.timer);
    if (state.is === 'up') await state.worker.close();
  }

  #occupy(worker: MediaWorker): void {
    if (this.#state.is === 'closed') {
      void worker.close();
      return;
    }
    this.#state = { is: 'up', worker };
    this.#deps.settings.logger.info({ worker: this.index, workerPid: worker.pid }, 'worker started');
    worker.onDied((reason) => this.#died(worker, reason));
    this.#deps.onUp();
  }

  /** The replacement is under way before the rooms hear of it, so that it is there when they are opened anew. */
  #died(worker: MediaWorker, reason: string): void {
    if (this.#state.is === 'closed') return;
    const { logger } = this.#deps.settings;
    logger.error(
      { worker: this.index, workerPid: worker.pid, reason, rooms: worker.rooms.size },
      'worker died',
    );
    this.#restarts += 1;
    this.#replace();
    for (const room of [...worker.rooms]) room.workerDied();
    worker.rooms.clear();
  }

  #replace(): void {
    const now = Date.now();
    this.#deaths = [...this.#deaths.filter((at) => now - at < RECENT_MS), now];
    const attempt = this.#deaths.length - DEATHS_BEFORE_BACKOFF;
    if (attempt < 0) void this.#restart();
    else {
      const timer = setTimeout(() => void this.#restart(), backoff(attempt, Math.random()));
      this.#state = { is: 'resting', timer };
    }
  }

  async #restart(): Promise<void> {
    this.#state = { is: 'starting' };
    try {
      this.#occupy(await MediaWorker.start(this.index, this.#deps.settings, this.#deps.spare));
      this.#deps.spare.prepare();
    } catch (error) {
      if (this.state === 'closed') return;
      this.#deps.settings.logger.error({ worker: this.index, err: error }, 'worker did not start');
      this.#replace();
    }
  }
}
