import type { Database } from '@relais/db';
import type { Logger } from 'pino';
import { MemoryHubExchange } from './adapters/memory-hub-bus.ts';
import { createMemoryRateLimiter } from './adapters/memory-rate-limiter.ts';
import { createPostgresCheckReports } from './adapters/postgres-check-reports.ts';
import { createPostgresEntryStore } from './adapters/postgres-entry-store.ts';
import { createPostgresMeetingLog } from './adapters/postgres-meeting-log.ts';
import { createPostgresNoteStore } from './adapters/postgres-note-store.ts';
import { createPostgresOutbox } from './adapters/postgres-outbox.ts';
import { createSmtpCarrier, type SmtpSettings } from './adapters/smtp-carrier.ts';
import { createMails, type Mails } from './features/mails/mails.ts';
import { createMemoryStillStore } from './adapters/memory-still-store.ts';
import { createRedisHubBus } from './adapters/redis-hub-bus.ts';
import { createRedisRateLimiter } from './adapters/redis-rate-limiter.ts';
import { createRedisStillStore } from './adapters/redis-still-store.ts';
import type { CheckReports } from './ports/check-reports.ts';
import type { EntryStore } from './ports/entry-store.ts';
import type { HubBus } from './ports/hub-bus.ts';
import type { MeetingLog } from './ports/meeting-log.ts';
import type { NoteStore } from './ports/note-store.ts';
import type { RateLimiter } from './ports/rate-limiter.ts';
import type { StillStore } from './ports/still-store.ts';

export * from './hub.ts';
export type { Mails } from './features/mails/mails.ts';
export { createCalendar, type Calendar } from './features/calendar/calendar.ts';
export { createCommunities, type Communities } from './features/communities/communities.ts';
export { seedDemo, type DemoOutcome } from './demo/seed-demo.ts';
export { createPrivacy, type Privacy } from './features/privacy/privacy.ts';
export { createPeople, type People, type PeopleSettings } from './features/people/people.ts';
export { createAdminApi } from './http/admin.ts';
export { askNodes } from './observe/ask-nodes.ts';
export { clusterOverview } from './observe/cluster-overview.ts';
export { createHubMetrics, type HubMetrics, type HubState } from './observe/hub-metrics.ts';
export { hubOverviewOf } from './observe/hub-overview.ts';
export { measuredMeetingLog } from './observe/measured-log.ts';
export { createTurnServers, turnUrls } from './turn/turn-credentials.ts';
export { createClusterMediaNodes } from './adapters/cluster-media-nodes.ts';
export { createSingleMediaNodes } from './adapters/single-media-nodes.ts';
export type { HubBus } from './ports/hub-bus.ts';
export type { MeetingLog } from './ports/meeting-log.ts';
export type { Mailer } from './ports/mailer.ts';
export type { RateLimiter } from './ports/rate-limiter.ts';
export type { MediaNodes } from './ports/media-nodes.ts';
export { createGateway } from './socket/gateway.ts';

/** The log in a PostgreSQL. */
export function createMeetingLog(database: Database): MeetingLog {
  return createPostgresMeetingLog(database);
}

/** Results of connection checks in a PostgreSQL. */
export function createCheckReports(database: Database): CheckReports {
  return createPostgresCheckReports(database);
}

/** Who may enter which meeting, in a PostgreSQL. */
export function createEntryStore(database: Database): EntryStore {
  return createPostgresEntryStore(database);
}

/** Notes of places in a PostgreSQL. */
export function createNoteStore(database: Database): NoteStore {
  return createPostgresNoteStore(database);
}

/** Emails: ordered in a PostgreSQL, and sent from there by SMTP where there is a server; otherwise they are read in the product. */
export function createOutbox(database: Database, smtp: SmtpSettings | undefined, logger: Logger): Mails {
  const carrier = smtp && createSmtpCarrier(smtp);
  return createMails({ outbox: createPostgresOutbox(database), carrier, logger, now: Date.now });
}

/** Shared between hubs through Redis when there is one, otherwise of this process. */
export function createLimiter(redisUrl: string | undefined, logger: Logger): RateLimiter {
  return redisUrl ? createRedisRateLimiter({ url: redisUrl, logger }) : createMemoryRateLimiter();
}

/** To the other hubs through Redis when there is one; otherwise this hub is alone. */
export function createHubBus(redisUrl: string | undefined, logger: Logger): HubBus {
  return redisUrl ? createRedisHubBus({ url: redisUrl, logger }) : new MemoryHubExchange().connect();
}

/** Still images of shared screens: in Redis when there is one, for all hubs; otherwise of this process. */
export function createStillStore(redisUrl: string | undefined, logger: Logger): StillStore {
  return redisUrl ? createRedisStillStore({ url: redisUrl, logger }) : createMemoryStillStore();
}
