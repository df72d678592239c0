import { startTestPostgres } from '@relais/testing/test-postgres';
import { startTestRedis } from '@relais/testing/test-redis';
import { pino } from 'pino';
import { readConfig } from '../src/config.ts';
import { startServer, type RunningServer } from '../src/server.ts';

const SECRET = 'a secret of the tests, thirty-two characters and more';

/** Hubs and media nodes of one cluster, all in this process, on a real PostgreSQL and a real Redis. */
export async function startCluster() {
  const [postgres, redis] = await Promise.all([startTestPostgres(), startTestRedis()]);
  const databaseUrl = await postgres.freshDatabase();
  const running: RunningServer[] = [];

  async function start(env: Record<string, string>): Promise<RunningServer> {
    const config = readConfig({
      ...process.env,
      PORT: '0',
      DATABASE_URL: databaseUrl,
      REDIS_URL: redis.url,
      RELAIS_SECRET: SECRET,
      RELAIS_CONTROL_SECRET: SECRET,
      RELAIS_CONTROL_ADDRESS: '127.0.0.1',
      RELAIS_CONTROL_PORT: '0',
      RELAIS_MEDIA_PORT: '0',
      RELAIS_MEDIA_WORKERS: '1',
      RELAIS_WEB: 'off',
      ...env,
    });
    if (!config.ok) throw new Error(config.error.join('\n'));
    const server = await startServer(config.value, pino({ level: process.env['LOG_LEVEL'] ?? 'silent' }));
    running.push(server);
    return server;
  }

  return {
    redis,
    hub: (env: Record<string, string> = {}) => start({ RELAIS_ROLE: 'hub', ...env }),
    node: (env: Record<string, string> = {}) => start({ RELAIS_ROLE: 'sfu', ...env }),
    all: (env: Record<string, string> = {}) => start(env),
    stop: async () => {
      for (const server of running.splice(0).reverse()) await server.stop();
      await Promise.all([postgres.close(), redis.close()]);
    },
  };
}
