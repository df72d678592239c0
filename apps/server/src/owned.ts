import { withTimeout } from '@relais/kit';
import type { Logger } from 'pino';

/** The longest that one part may take to stop before the next is stopped all the same. */
const STOP_TIMEOUT_MS = 8_000;

/** What this process has opened, to be closed in the opposite order, each within a bound. */
export class Owned {
  readonly #logger: Logger;
  readonly #parts: { name: string; close: () => Promise<void> }[] = [];

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  own<T>(name: string, part: T, close: (part: T) => Promise<void>): T {
    this.#parts.push({ name, close: () => close(part) });
    return part;
  }

  async stop(): Promise<void> {
    for (let part = this.#parts.pop(); part; part = this.#parts.pop()) {
      await withTimeout(part.close(), STOP_TIMEOUT_MS, `closing ${part.name}`).catch((error: unknown) =>
        this.#logger.warn({ err: error }, 'a part did not close'),
      );
    }
  }
}
