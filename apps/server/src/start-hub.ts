import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { createDatabase, migrateDatabase, startEmbeddedPostgres } from '@relais/db';
import {
  askNodes,
  createClusterMediaNodes,
  createCheckReports,
  createEntryStore,
  createGateway,
  createHub,
  createHubBus,
  createHubMetrics,
  createLimiter,
  createMeetingLog,
  createNoteStore,
  createOutbox,
  createSingleMediaNodes,
  createStillStore,
  seedDemo,
  type DemoOutcome,
  createTurnServers,
  type Hub,
  type HubBus,
  type MediaNodes,
} from '@relais/hub';
import type { ListedNode } from '@relais/protocol';
import type { Cluster } from './cluster.ts';
import { closeHttp, createApp, listen, ownHost } from './http.ts';
import type { Frame } from './process-frame.ts';
import type { RunningMedia } from './start-media.ts';
import {
  firstAdministratorUrl,
  startCalendar,
  startCommunities,
  startPeople,
  startPrivacy,
} from './start-people.ts';
import { loadWeb } from './web.ts';

export interface RunningHub {
  /** Where the product is, on this machine. */
  url: string;
  /** Where the first administrator is made, while there is none [PEOPLE-9]. */
  firstAdministratorUrl: string | undefined;
  /** What there is to say of the demonstration that was asked for, sentence by sentence [DEMO-1]. */
  demo: string[] | undefined;
  /** Takes nobody in any more, and sends whom it has to the other hubs. */
  drain: () => Promise<void>;
}

/** Browsers are sent to the other hubs within this, a few every 50 ms: of 300 people ten at a time. */
const DRAIN_MS = 1500;

/** The hub of this process with its pages, and an embedded database unless one is given. */
export async function startHub(
  frame: Frame,
  parts: { secret: string; cluster: Cluster | undefined; media: RunningMedia | undefined; demo: boolean },
): Promise<RunningHub> {
  const { config, logger, owned } = frame;
  const { secret, cluster, media } = parts;
  const databaseUrl = config.DATABASE_URL ?? (await embeddedDatabase(frame));
  await migrateDatabase(databaseUrl);
  const database = owned.own('database', createDatabase({ url: databaseUrl, logger }), (d) => d.close());
  const demo = parts.demo ? demoWords(await seedDemo({ database, secret, now: Date.now() })) : undefined;
  const limiter = owned.own('limiter', createLimiter(config.REDIS_URL, logger), (l) => l.close());
  const bus = owned.own('bus', createHubBus(config.REDIS_URL, logger), (b) => b.close());
  const stills = owned.own('still images', createStillStore(config.REDIS_URL, logger), (s) => s.close());
  // Takes orders already; it is owned here so that it is closed before the database, and after all that orders.
  const mails = owned.own(
    'emails',
    createOutbox(database, smtpSettings(frame), logger.child({ part: 'emails' })),
    (m) => m.close(),
  );
  const nodes = mediaNodes(frame, bus, parts);
  const turnFor = createTurnServers(turnSettings(frame));
  const internalToken = randomUUID();
  const app = createApp({ trustedProxies: config.RELAIS_TRUSTED_PROXIES });
  const http = owned.own('http', createServer(app), closeHttp);
  let port = config.PORT;
  const publicUrl = () => config.RELAIS_PUBLIC_URL ?? `http://localhost:${port}`;
  const accounts = { database, limiter, mails, secret, publicUrl };
  const people = startPeople(frame, accounts);
  const communities = startCommunities(frame, accounts);
  const log = createMeetingLog(database);
  const calendar = startCalendar(frame, { ...accounts, communities, log });
  const hub = createHub({
    gateway: createGateway(http, { trustedProxies: config.RELAIS_TRUSTED_PROXIES }),
    log,
    checkReports: createCheckReports(database),
    entry: createEntryStore(database),
    notes: createNoteStore(database),
    limiter,
    stills,
    people,
    communities,
    privacy: startPrivacy(frame, accounts),
    calendar,
    media: nodes,
    bus,
    settings: {
      secret,
      graceMs: config.RELAIS_SEAT_GRACE_SECONDS * 1000,
      ...(config.RELAIS_TELEPHONE && { telephone: config.RELAIS_TELEPHONE }),
      now: Date.now,
      internalToken,
      turn: (participantId, ttlSeconds) => turnFor(participantId, Date.now(), ttlSeconds),
    },
    logger: logger.child({ part: 'hub' }),
    observing: {
      metrics: createHubMetrics(),
      registries: [frame.registry, ...(media ? [media.registry] : [])],
      token: config.RELAIS_ADMIN_TOKEN,
      version: frame.version,
      load: frame.load,
      nodes: () => listedNodes(frame, cluster, media),
      mails,
      hasRedis: config.REDIS_URL !== undefined,
    },
  });
  owned.own('hub', hub, (h) => h.close());
  app.use(hub.router);
  port = await listen(http, { port: config.PORT, host: config.HOST });
  if (config.RELAIS_WEB === 'on') {
    const hubUrl = `http://${ownHost(config.HOST)}:${port}`;
    app.use(await loadWeb({ hubUrl, internalToken, trustedProxies: config.RELAIS_TRUSTED_PROXIES }));
  }
  return {
    url: `http://localhost:${port}`,
    firstAdministratorUrl: await firstAdministratorUrl(people),
    demo,
    drain: () => drain(hub, http),
  };
}

function demoWords(outcome: DemoOutcome): string[] {
  if (outcome.kind === 'notEmpty')
    return [
      'The demonstration was not put in: the database holds something already (RELAIS_DATA_DIR names another folder).',
    ];
  const { password, administrator, coordinator, member } = outcome;
  return [
    'The demonstration is there. Its people are invented; sign in at /connexion, with a password:',
    `  who administers the site   ${administrator}`,
    `  who coordinates            ${coordinator}`,
    `  a member                   ${member}`,
    `  password of all three      ${password}`,
  ];
}

/** The node of this process, those of the cluster, or both. */
function mediaNodes(
  { logger, owned }: Frame,
  { hubId }: HubBus,
  { cluster, media }: { cluster: Cluster | undefined; media: RunningMedia | undefined },
): MediaNodes {
  if (!cluster) {
    if (!media) throw new Error('A hub without Redis needs a media node of its own.');
    return createSingleMediaNodes(media.node);
  }
  const nodes = createClusterMediaNodes({
    directory: cluster.directory,
    connect: cluster.connect({ kind: 'hub', id: hubId }),
    ...(media && { local: media.node }),
    logger: logger.child({ part: 'hub' }),
  });
  return owned.own('links to media nodes', nodes, (n) => n.close());
}

/** For the admin page. */
async function listedNodes(
  { config }: Frame,
  cluster: Cluster | undefined,
  media: RunningMedia | undefined,
): Promise<readonly ListedNode[]> {
  const token = config.RELAIS_ADMIN_TOKEN;
  if (cluster && token) return askNodes(cluster.nodes(), token);
  return media ? [media.listed()] : [];
}

function turnSettings({ config }: Frame) {
  const { TURN_URLS: urls, TURN_SECRET: secret, TURN_TTL_SECONDS: ttlSeconds } = config;
  return urls && secret ? { urls, secret, ttlSeconds } : undefined;
}

function smtpSettings({ config: { SMTP_URL: url, RELAIS_MAIL_FROM: from } }: Frame) {
  return url && from ? { url, from } : undefined;
}

async function drain(hub: Hub, http: Server): Promise<void> {
  // New connections are refused from here on, so that a balancer tries another hub; those that stand go on.
  http.close();
  await hub.drain(DRAIN_MS);
}

async function embeddedDatabase({ config, logger, owned }: Frame): Promise<string> {
  const postgres = await startEmbeddedPostgres({ dataDir: config.RELAIS_DATA_DIR, logger });
  return owned.own('embedded database', postgres, (p) => p.close()).url;
}
