import { createMemoryRateLimiter } from '../../adapters/memory-rate-limiter.ts';
import type { RateLimiter, RateRule, Taken } from '../../ports/rate-limiter.ts';

const QUARTER_MS = 15 * 60_000;

/**
 * [PEOPLE-4] How often: by address generous enough for a village hall of which everybody signs in, by account as often as a
 * person errs. What is tried is counted, not what succeeds; an address without an account is counted alike.
 */
const RULES = {
  link: {
    address: { limit: 60, windowMs: QUARTER_MS },
    account: { limit: 5, windowMs: QUARTER_MS },
  },
  password: {
    address: { limit: 60, windowMs: QUARTER_MS },
    account: { limit: 10, windowMs: QUARTER_MS },
  },
  /** Links used, and the first administrator's token: what could be guessed without an account's name. */
  token: { address: { limit: 60, windowMs: QUARTER_MS }, account: undefined },
  /** Photos, which take the time of decoding. */
  photo: {
    address: { limit: 60, windowMs: QUARTER_MS },
    account: { limit: 10, windowMs: QUARTER_MS },
  },
} satisfies Record<string, { address: RateRule; account: RateRule | undefined }>;

export type Attempt = keyof typeof RULES;

export interface SignInLimits {
  take(attempt: Attempt, by: { address: string; account?: string }): Promise<Taken>;
  close(): Promise<void>;
}

/**
 * Counted in the limiter that hubs share, and in this process as well: a password must not be open to guessing while Redis,
 * without which the shared limiter lets everything through, is away.
 */
export function createSignInLimits(shared: RateLimiter, now: () => number): SignInLimits {
  const own = createMemoryRateLimiter({ now });
  const takeBoth = async (key: string, rule: RateRule) => {
    const here = await own.take(key, rule);
    return here.ok ? shared.take(key, rule) : here;
  };
  return {
    async take(attempt, { address, account }) {
      const { address: byAddress, account: byAccount } = RULES[attempt];
      const taken = await takeBoth(`people:${attempt}:address:${address}`, byAddress);
      if (!taken.ok || !byAccount || account === undefined) return taken;
      return takeBoth(`people:${attempt}:account:${account}`, byAccount);
    },
    close: () => own.close(),
  };
}
