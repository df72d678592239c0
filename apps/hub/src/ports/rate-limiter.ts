/** At most `limit` at once; what was used comes back evenly, all of it within `windowMs` milliseconds. */
export interface RateRule {
  limit: number;
  windowMs: number;
}

export type Taken = { ok: true } | { ok: false; retryAfterMs: number };

/**
 * How often something may be done, by key (`post:<participant>`, `join:<address>`). A leaky bucket: in any window
 * at most twice the limit, and never more than the limit at once. A refusal uses nothing up.
 */
export interface RateLimiter {
  /** Never rejects and never waits long: when the counters are away, everything is let through. */
  take(key: string, rule: RateRule): Promise<Taken>;
  close(): Promise<void>;
}
