/** Quantiles of what was measured of late; undefined when nothing was. */
export interface Quantiles {
  count: number;
  p50: number;
  p99: number;
}

export interface RecentOptions {
  /** Milliseconds after which a value counts no longer. */
  windowMs: number;
  /** Values kept at most; the oldest make room. */
  max?: number;
  now?: () => number;
}

/** The last values and when they were measured: what a person asks of a histogram, "and just now?". */
export class Recent {
  readonly #windowMs: number;
  readonly #max: number;
  readonly #now: () => number;
  /** A ring: `#next` is where the next one is written. */
  readonly #kept: { at: number; value: number }[] = [];
  #next = 0;

  constructor({ windowMs, max = 1000, now = Date.now }: RecentOptions) {
    this.#windowMs = windowMs;
    this.#max = max;
    this.#now = now;
  }

  add(value: number): void {
    this.#kept[this.#next] = { at: this.#now(), value };
    this.#next = (this.#next + 1) % this.#max;
  }

  quantiles(): Quantiles | undefined {
    const sorted = this.#fresh().sort((a, b) => a - b);
    if (sorted.length === 0) return undefined;
    return { count: sorted.length, p50: quantileOf(sorted, 0.5), p99: quantileOf(sorted, 0.99) };
  }

  #fresh(): number[] {
    const since = this.#now() - this.#windowMs;
    return this.#kept.filter(({ at }) => at > since).map(({ value }) => value);
  }
}

/** The smallest value that at least this share of all values does not pass. `sorted` ascends and is not empty. */
export function quantileOf(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

/** How often something happened within the last minutes: one count for each minute. */
export class RecentCount {
  readonly #minutes: number;
  readonly #now: () => number;
  readonly #counts = new Map<number, number>();

  constructor(minutes: number, now: () => number = Date.now) {
    this.#minutes = minutes;
    this.#now = now;
  }

  add(): void {
    const minute = this.#minute();
    this.#counts.set(minute, (this.#counts.get(minute) ?? 0) + 1);
    for (const old of this.#counts.keys()) {
      if (old <= minute - this.#minutes) this.#counts.delete(old);
    }
  }

  total(): number {
    const since = this.#minute() - this.#minutes;
    return [...this.#counts].reduce((sum, [minute, count]) => sum + (minute > since ? count : 0), 0);
  }

  #minute(): number {
    return Math.floor(this.#now() / 60_000);
  }
}
