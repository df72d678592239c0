import { fail, ok, type Result } from '@relais/kit';
import type { CommunityRefusal } from '@relais/protocol/communities';
import type { RateLimiter, RateRule } from '../../ports/rate-limiter.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How often each person (`look`: each address, before anybody is signed in) may do what costs others something. */
const RULES = {
  /** As a directory is searched letter by letter; who copies a whole one takes a while. */
  search: { limit: 120, windowMs: MINUTE_MS },
  /** Tokens cannot be guessed; this keeps them from being tried for sport. */
  look: { limit: 60, windowMs: 15 * MINUTE_MS },
  /** Each first request is an email to all who coordinate. */
  ask: { limit: 10, windowMs: HOUR_MS },
  /** Each order is up to fifty emails. */
  invite: { limit: 30, windowMs: HOUR_MS },
  /** Each is up to five hundred emails. */
  import: { limit: 10, windowMs: HOUR_MS },
  preview: { limit: 60, windowMs: HOUR_MS },
  change: { limit: 240, windowMs: 15 * MINUTE_MS },
} satisfies Record<string, RateRule>;

export type Attempt = keyof typeof RULES;

/** [COMM-11] */
export async function takeTurn(
  limiter: RateLimiter,
  attempt: Attempt,
  by: string,
): Promise<Result<void, CommunityRefusal>> {
  const taken = await limiter.take(`communities:${attempt}:${by}`, RULES[attempt]);
  return taken.ok ? ok(undefined) : fail({ kind: 'tooMany', retryAfterMs: taken.retryAfterMs });
}
