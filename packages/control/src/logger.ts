/** What this package asks of a logger; pino's fits. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

const COMPLAINT_INTERVAL_MS = 1000;

/** Warnings that a stranger or a defect could cause without end: one in a second is written, with how many were not. */
export class Complaints {
  readonly #logger: Logger;
  #quietUntil = 0;
  #unwritten = 0;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  warn(fields: object, message: string): void {
    const now = performance.now();
    if (now < this.#quietUntil) {
      this.#unwritten += 1;
      return;
    }
    this.#quietUntil = now + COMPLAINT_INTERVAL_MS;
    this.#logger.warn({ ...fields, unwritten: this.#unwritten }, message);
    this.#unwritten = 0;
  }
}
