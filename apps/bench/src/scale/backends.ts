import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger, startEmbeddedPostgres } from '@relais/db';
import { startTestRedis } from '@relais/testing/test-redis';
import { startProgram, type Running } from '../servers/child.ts';
import { ROOT } from '../setup.ts';

type Env = Record<string, string | undefined>;

/** What the hubs and media nodes of one organisation share: PostgreSQL, Redis and the secrets. */
export interface Backends {
  redisUrl: string;
  redisPid: number;
  controlSecret: string;
  startHub(): Promise<Running>;
  startNode(settings: Record<string, string>): Promise<Running>;
  stop(): Promise<void>;
}

/** PostgreSQL as the product embeds it (fsync on) and a Redis that keeps nothing on disk, both on this machine only. */
export async function startBackends(env: Env): Promise<Backends> {
  await using stack = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), 'relais-bench-'));
  stack.defer(() => rm(dataDir, { recursive: true, force: true }));
  const postgres = await startEmbeddedPostgres({ dataDir, logger: silentLogger });
  stack.defer(() => postgres.close());
  const redis = await startTestRedis();
  stack.defer(() => redis.close());
  const controlSecret = randomBytes(32).toString('hex');
  const shared = {
    ...withoutSettings(env),
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'warn',
    REDIS_URL: redis.url,
    RELAIS_CONTROL_SECRET: controlSecret,
    RELAIS_CONTROL_PORT: '0',
    RELAIS_CONTROL_ADDRESS: '127.0.0.1',
    RELAIS_MEDIA_PORT: '0',
    RELAIS_MEDIA_ADDRESS: '127.0.0.1',
    RELAIS_DRAIN_SECONDS: '0',
  };
  const hub = {
    RELAIS_ROLE: 'hub',
    RELAIS_WEB: 'off',
    DATABASE_URL: postgres.url,
    RELAIS_SECRET: randomBytes(32).toString('hex'),
    // Every socket of the bench comes from an address of its own, as people do: none meets the limit of another.
    RELAIS_TRUSTED_PROXIES: '1',
  };
  const running = stack.move();
  return {
    redisUrl: redis.url,
    redisPid: redis.pid,
    controlSecret,
    startHub: () => startProgram({ file: MAIN, env: { ...shared, ...hub } }),
    startNode: (settings) =>
      startProgram({
        file: MAIN,
        env: { ...shared, RELAIS_ROLE: 'sfu', ...settings },
        ready: /Relais is ready/,
      }),
    stop: () => running.disposeAsync(),
  };
}

const MAIN = join(ROOT, 'apps/server/src/main.ts');

/** A DATABASE_URL or the like of the person's own must not be what is measured, or written to. */
function withoutSettings(env: Env): Env {
  const own = (name: string) => name.startsWith('RELAIS_') || ['DATABASE_URL', 'REDIS_URL'].includes(name);
  return Object.fromEntries(Object.entries(env).filter(([name]) => !own(name)));
}

/** Some addresses from which people come (RFC 6598: never a real one's). */
export function addressOf(person: number): string {
  return `100.64.${(person >> 8) & 255}.${person & 255}`;
}

export async function createMeeting(url: string, address: string): Promise<string> {
  const response = await fetch(`${url}/api/meetings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify({ title: 'Table de concertation' }),
  });
  const answer = (await response.json()) as { value?: { code?: string } };
  if (!answer.value?.code) throw new Error(`No meeting was made: ${JSON.stringify(answer)}`);
  return answer.value.code;
}
