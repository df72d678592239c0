import type { Logger } from '../logger.ts';

/** Whoever wants to hear of something. A listener's defect is its own and keeps nobody else from hearing. */
export class Listeners<T> {
  readonly #logger: Logger;
  readonly #listeners = new Set<(said: T) => void>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  add(listener: (said: T) => void): () => void {
    // Wrapped, so that one function that is added twice is two listeners.
    const own = (said: T) => listener(said);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  tell(said: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(said);
      } catch (error) {
        this.#logger.error({ err: error }, 'a listener of the control link threw');
      }
    }
  }
}
