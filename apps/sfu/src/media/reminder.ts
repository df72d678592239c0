/** Does something again and again for as long as there is a reason to, ever more rarely. */
export class Reminder {
  readonly #remind: () => void;
  readonly #firstMs: number;
  readonly #mostMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #times = 0;

  constructor(remind: () => void, firstMs: number, mostMs: number) {
    this.#remind = remind;
    this.#firstMs = firstMs;
    this.#mostMs = mostMs;
  }

  /** Whether there is a reason now. */
  set(isDue: boolean): void {
    if (!isDue) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#times = 0;
    } else this.#timer ??= this.#later();
  }

  #later(): ReturnType<typeof setTimeout> {
    const after = Math.min(this.#mostMs, this.#firstMs * 2 ** this.#times);
    return setTimeout(() => {
      this.#times += 1;
      this.#timer = this.#later();
      this.#remind();
    }, after).unref();
  }
}
