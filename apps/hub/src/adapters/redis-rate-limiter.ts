import { Redis } from 'ioredis';
import { z } from 'zod';
import type { RateLimiter, RateRule, Taken } from '../ports/rate-limiter.ts';

/** What this adapter asks of a logger; pino's fits. */
interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** The longest that a request waits for its limit; Redis answers within a millisecond or is in trouble. */
const ANSWER_TIMEOUT_MS = 150;
/** After a silence Redis is left alone for this long, so that not every request waits for it. */
const PAUSE_MS = 1000;

/**
 * As in the memory adapter: one instant per key, at which its bucket is empty again, by Redis' own clock so that
 * the hubs need not agree on theirs. The key goes by itself at that instant. Answers 0, or milliseconds to wait.
 */
const SCRIPT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local limit, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local empty = tonumber(redis.call('GET', KEYS[1]) or '0')
local step = window / limit
local next = math.max(empty, now) + step
local excess = next - now - window
if excess > math.min(1, step / 2) then return math.ceil(excess) end
redis.call('SET', KEYS[1], string.format('%.4f', next), 'PX', math.max(1, math.ceil(next - now)))
return 0`;

/**
 * Rate limits shared by all hubs. Without Redis everything is let through: a limit protects against a flood, and
 * is not worth a meeting. Each outage is logged once, and its end.
 */
export function createRedisRateLimiter(deps: { url: string; logger: Logger }): RateLimiter {
  const outage = new Outage(deps.logger);
  const redis = connect(deps.url);
  let closed = false;
  redis.on('error', (error: Error) => outage.begin(error.message));
  redis.on('close', () => closed || outage.begin('the connection was closed'));

  const ask = async (key: string, { limit, windowMs }: RateRule): Promise<Taken> => {
    const answer = redis.eval(SCRIPT, 1, `relais:rate:${key}`, limit, windowMs);
    const waitMs = z.number().parse(await answer);
    outage.end();
    return waitMs === 0 ? { ok: true } : { ok: false, retryAfterMs: waitMs };
  };

  return {
    async take(key, rule) {
      if (redis.status !== 'ready' || outage.paused) return { ok: true };
      try {
        return await ask(key, rule);
      } catch (error) {
        outage.begin(error instanceof Error ? error.message : String(error));
        return { ok: true };
      }
    },
    async close() {
      closed = true;
      redis.disconnect();
    },
  };
}

function connect(url: string): Redis {
  return new Redis(url, {
    commandTimeout: ANSWER_TIMEOUT_MS,
    connectTimeout: 5000,
    // A peer that vanished without a word is noticed by its silence, and connected to anew.
    socketTimeout: 5000,
    keepAlive: 10_000,
    // What was asked before an outage is of no use after it.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(100 * 2 ** Math.min(attempt, 6), 5000),
  });
}

/** Whether Redis is away, and since when it has been left alone. */
class Outage {
  readonly #logger: Logger;
  #away = false;
  #pausedUntil = 0;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  get paused(): boolean {
    return performance.now() < this.#pausedUntil;
  }

  begin(reason: string): void {
    this.#pausedUntil = performance.now() + PAUSE_MS;
    if (this.#away) return;
    this.#away = true;
    this.#logger.warn({ reason }, 'Redis is away: rate limits are not held');
  }

  end(): void {
    if (!this.#away) return;
    this.#away = false;
    this.#logger.info({}, 'Redis is back: rate limits are held again');
  }
}
