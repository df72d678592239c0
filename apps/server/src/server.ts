import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { withTimeout } from '@relais/kit';
import { createDatabase, migrateDatabase, startEmbeddedPostgres } from '@relais/db';
import { createGateway, createHub, createLimiter, createMeetingLog } from '@relais/hub';
import { createSfuNode } from '@relais/sfu';
import compression from 'compression';
import express, { type Express } from 'express';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { localAddresses } from './local-addresses.ts';
import { securityHeaders } from './security-headers.ts';
import { keptSecret } from './secret.ts';
import { loadWeb } from './web.ts';

/** The longest that one part may take to stop before the next is stopped all the same. */
const STOP_TIMEOUT_MS = 8_000;

export interface RunningServer {
  /** Where the product is, on this machine. */
  url: string;
  stop(): Promise<void>;
}

/** Puts hub, media node and pages together in this process, with an embedded database unless one is given. */
export async function startServer(config: Config, logger: Logger): Promise<RunningServer> {
  const owned = new Owned(logger);
  try {
    return await start(config, logger, owned);
  } catch (error) {
    await owned.stop();
    throw error;
  }
}

async function start(config: Config, logger: Logger, owned: Owned): Promise<RunningServer> {
  const databaseUrl = config.DATABASE_URL ?? (await embeddedDatabase(config, logger, owned));
  await migrateDatabase(databaseUrl);
  const database = owned.own('database', createDatabase({ url: databaseUrl, logger }), (d) => d.close());
  const limiter = owned.own('limiter', createLimiter(config.REDIS_URL, logger), (l) => l.close());
  const media = owned.own(
    'media node',
    await createSfuNode({
      listenAddresses: config.RELAIS_MEDIA_ADDRESS ? ['0.0.0.0'] : localAddresses(),
      port: config.RELAIS_MEDIA_PORT,
      ...(config.RELAIS_MEDIA_ADDRESS && { announcedAddress: config.RELAIS_MEDIA_ADDRESS }),
      ...(config.MEDIASOUP_WORKER_BIN && { workerBin: config.MEDIASOUP_WORKER_BIN }),
      ...(config.RELAIS_MEDIA_WORKERS && { workers: config.RELAIS_MEDIA_WORKERS }),
      logger: logger.child({ part: 'sfu' }),
    }),
    (m) => m.close(),
  );
  const internalToken = randomUUID();
  const app = createApp(config);
  const http = owned.own('http', createServer(app), closeHttp);
  const hub = createHub({
    gateway: createGateway(http, { trustedProxies: config.RELAIS_TRUSTED_PROXIES }),
    log: createMeetingLog(database),
    limiter,
    media,
    settings: {
      secret: config.RELAIS_SECRET ?? (await keptSecret(config.RELAIS_DATA_DIR)),
      graceMs: config.RELAIS_SEAT_GRACE_SECONDS * 1000,
      now: Date.now,
      internalToken,
    },
    logger: logger.child({ part: 'hub' }),
  });
  owned.own('hub', hub, (h) => h.close());
  app.use(hub.router);
  const port = await listen(http, config);
  if (config.RELAIS_WEB === 'on') {
    const hubUrl = `http://${ownHost(config.HOST)}:${port}`;
    const trustedProxies = config.RELAIS_TRUSTED_PROXIES;
    app.use(await loadWeb({ hubUrl, internalToken, trustedProxies }));
  }
  return { url: `http://localhost:${port}`, stop: () => owned.stop() };
}

async function embeddedDatabase(config: Config, logger: Logger, owned: Owned): Promise<string> {
  const postgres = await startEmbeddedPostgres({ dataDir: config.RELAIS_DATA_DIR, logger });
  return owned.own('embedded database', postgres, (p) => p.close()).url;
}

function createApp(config: Config): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', config.RELAIS_TRUSTED_PROXIES);
  app.use(securityHeaders);
  app.use(compression());
  return app;
}

function listen(http: Server, { PORT, HOST }: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen({ port: PORT, ...(HOST && { host: HOST }) }, () => {
      http.off('error', reject);
      resolve((http.address() as AddressInfo).port);
    });
  });
}

/** Where this very process reaches itself. */
function ownHost(host: string | undefined): string {
  if (!host || host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function closeHttp(http: Server): Promise<void> {
  return new Promise((resolve) => {
    http.close(() => resolve());
    http.closeAllConnections();
  });
}

/** What this process has opened, to be closed in the opposite order, each within a bound. */
class Owned {
  readonly #logger: Logger;
  readonly #parts: { name: string; close: () => Promise<void> }[] = [];

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  own<T>(name: string, part: T, close: (part: T) => Promise<void>): T {
    this.#parts.push({ name, close: () => close(part) });
    return part;
  }

  async stop(): Promise<void> {
    for (let part = this.#parts.pop(); part; part = this.#parts.pop()) {
      await withTimeout(part.close(), STOP_TIMEOUT_MS, `closing ${part.name}`).catch((error: unknown) =>
        this.#logger.warn({ err: error }, 'a part did not close'),
      );
    }
  }
}
