import { backoff } from '@relais/kit';

/** Milliseconds between two attempts to say what was not heard. */
const RETRY_BASE_MS = 200;
const RETRY_MAX_MS = 3000;

interface LatestWordDeps<T> {
  /** False, or rejected: it was not heard, and is said again. */
  say(word: T): Promise<boolean>;
  /** Nobody needs to hear it any more. */
  isOver(): boolean;
}

/** Says what was last given to it, one at a time, so that an old word never comes after a newer one. */
export class LatestWord<T> {
  readonly #deps: LatestWordDeps<T>;
  #next: { word: T } | undefined;
  #saying = false;

  constructor(deps: LatestWordDeps<T>) {
    this.#deps = deps;
  }

  say(word: T): void {
    this.#next = { word };
    if (!this.#saying) void this.#run();
  }

  async #run(): Promise<void> {
    this.#saying = true;
    for (let failures = 0; this.#next && !this.#deps.isOver();) {
      const next = this.#next;
      this.#next = undefined;
      const heard = await this.#deps.say(next.word).catch(() => false);
      if (heard) {
        failures = 0;
        continue;
      }
      this.#next ??= next;
      await new Promise((resolve) => {
        setTimeout(resolve, backoff(failures, Math.random(), RETRY_BASE_MS, RETRY_MAX_MS)).unref();
      });
      failures += 1;
    }
    this.#saying = false;
  }
}
