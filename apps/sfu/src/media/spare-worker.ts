import type { types } from 'mediasoup';
import type { SfuSettings } from '../options.ts';
import { startProcess } from './worker-process.ts';

/**
 * One worker process that waits to take the place of the next one that dies: starting one takes 30 ms on a machine at
 * rest and some 250 on a busy one, while everybody who was on it waits for their picture. It costs some 15 MB.
 */
export class SpareWorker {
  readonly #settings: SfuSettings;
  #ready: types.Worker | undefined;
  #starting = false;
  #closed = false;

  constructor(settings: SfuSettings) {
    this.#settings = settings;
  }

  /** Starts one, if there is none. That it cannot be had is no failure: the next worker then starts by itself. */
  prepare(): void {
    if (this.#closed || this.#starting || this.#isThere) return;
    this.#starting = true;
    startProcess(this.#settings)
      .then(
        (worker) => {
          if (this.#closed) worker.close();
          else this.#ready = worker;
        },
        (error: unknown) => this.#settings.logger.warn({ err: error }, 'a spare worker did not start'),
      )
      .finally(() => {
        this.#starting = false;
      });
  }

  /** The one that waits, from now on the caller's; undefined when there is none. */
  take(): types.Worker | undefined {
    const worker = this.#isThere ? this.#ready : undefined;
    this.#ready = undefined;
    return worker;
  }

  get pid(): number | undefined {
    return this.#isThere ? this.#ready?.pid : undefined;
  }

  close(): void {
    this.#closed = true;
    this.take()?.close();
  }

  /** It may have died while it waited, like any process. */
  get #isThere(): boolean {
    return this.#ready !== undefined && !this.#ready.closed;
  }
}
