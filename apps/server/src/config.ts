import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail, ok, type Result } from '@relais/kit';
import { z } from 'zod';

/** The repository's folder: `./data` means the one beside README.md, from wherever the server is started. */
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const port = z.coerce.number().int().min(0).max(65535);
const flag = z.enum(['on', 'off']);

/**
 * Every setting, read from the environment once. README.md has the same table in words.
 */
const schema = z.object({
  /** Where pages, API and sockets are served; 0 takes a free port. */
  PORT: port.default(8080),
  /** Address to listen on; all of them by default. */
  HOST: z.string().min(1).optional(),
  /** An existing PostgreSQL (15 or later); without it an embedded one is started. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** Redis 6.2 or later: keeps the counts of rate limits. */
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  /** The embedded database and the secret that signs seats. */
  RELAIS_DATA_DIR: z.string().min(1).default('data'),
  /** Signs seats; made and kept in the data folder when absent. */
  RELAIS_SECRET: z.string().min(32).optional(),
  /** Seconds that a seat is held for somebody whose network was cut. */
  RELAIS_SEAT_GRACE_SECONDS: z.coerce.number().min(0).max(3600).default(60),
  /** Address of this machine that browsers reach for sound and picture; every local one when absent. */
  RELAIS_MEDIA_ADDRESS: z.string().min(1).optional(),
  /** Media worker number i listens on UDP and TCP port this + i; 0 takes free ones. */
  RELAIS_MEDIA_PORT: port.default(44400),
  /** Media worker processes; one per core, four at most, by default. */
  RELAIS_MEDIA_WORKERS: z.coerce.number().int().min(1).max(64).optional(),
  /** Path of the mediasoup worker; scripts/start.mjs sets it. */
  MEDIASOUP_WORKER_BIN: z.string().min(1).optional(),
  /** `off`: no pages, only API and sockets (vite serves the pages in development). */
  RELAIS_WEB: flag.default('on'),
  /** Proxies in front, whose word on the client's address is taken. */
  RELAIS_TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export type Config = z.infer<typeof schema>;

/** The settings, or sentences that name each wrong variable and what it should hold. */
export function readConfig(env: NodeJS.ProcessEnv): Result<Config, string[]> {
  // An empty variable (`PORT= npm start`, or a blank line of a compose file) means: not set.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    return fail(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  }
  return ok({ ...parsed.data, RELAIS_DATA_DIR: resolve(ROOT, parsed.data.RELAIS_DATA_DIR) });
}
