/** Requests that one socket may make at once, and those it regains each second. */
const BURST = 400;
const PER_SECOND = 100;
/** Requests of one socket that may be unanswered at the same time. */
const IN_FLIGHT = 64;

/** Keeps one socket from taking the hub for itself: a token bucket, and a bound on what is under way. */
export class RequestBudget {
  readonly #now: () => number;
  #tokens = BURST;
  #filledAt: number;
  #inFlight = 0;

  constructor(now: () => number) {
    this.#now = now;
    this.#filledAt = now();
  }

  /** Milliseconds to wait, or undefined when the request may begin; then `end` is owed. */
  begin(): number | undefined {
    const now = this.#now();
    this.#tokens = Math.min(BURST, this.#tokens + ((now - this.#filledAt) / 1000) * PER_SECOND);
    this.#filledAt = now;
    if (this.#tokens < 1) return Math.ceil(((1 - this.#tokens) / PER_SECOND) * 1000);
    if (this.#inFlight >= IN_FLIGHT) return 1000;
    this.#tokens -= 1;
    this.#inFlight += 1;
    return undefined;
  }

  end(): void {
    this.#inFlight -= 1;
  }
}
