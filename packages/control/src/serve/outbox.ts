/** Says a fact over a line; calls `done` when the caller has it, never when the line is closed before. */
export type Say<F> = (fact: F, done: () => void) => void;

/** What one caller is told: what it has not acknowledged when its line is closed is told again on the next one. */
export class Outbox<F> {
  /** With how often it was told. */
  readonly #waiting = new Map<F, number>();
  readonly #maxTellings: number;
  #say: Say<F> | undefined;

  /** What was told `maxTellings` times is given up: it may be what closes the lines. */
  constructor(maxTellings = Infinity) {
    this.#maxTellings = maxTellings;
  }

  /** Told and not yet acknowledged, or to be told. */
  get size(): number {
    return this.#waiting.size;
  }

  /** With a new line; `catchUp` when the caller is ready to hear. */
  attach(say: Say<F>): void {
    this.#say = say;
  }

  detach(): void {
    this.#say = undefined;
  }

  catchUp(): void {
    for (const [fact, tellings] of [...this.#waiting]) {
      if (tellings < this.#maxTellings) this.#send(fact, tellings);
      else this.#waiting.delete(fact);
    }
  }

  tell(fact: F): void {
    this.#waiting.set(fact, 0);
    this.#send(fact, 0);
  }

  /** The one that waits longest is not told again. */
  forgetOldest(): void {
    for (const oldest of this.#waiting.keys()) return void this.#waiting.delete(oldest);
  }

  clear(): void {
    this.#waiting.clear();
  }

  #send(fact: F, tellings: number): void {
    if (!this.#say) return;
    this.#waiting.set(fact, tellings + 1);
    this.#say(fact, () => void this.#waiting.delete(fact));
  }
}
