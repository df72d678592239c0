import type { Database } from '@relais/db';
import type { Logger } from 'pino';
import { createPostgresCalendarStore } from '../../adapters/postgres-calendar-store.ts';
import { createPostgresEntryStore } from '../../adapters/postgres-entry-store.ts';
import { createPostgresNoteStore } from '../../adapters/postgres-note-store.ts';
import { createPostgresPeopleStore } from '../../adapters/postgres-people-store.ts';
import type { Renamed } from '../../ports/calendar-store.ts';
import type { Mailer } from '../../ports/mailer.ts';
import type { MeetingLog } from '../../ports/meeting-log.ts';
import type { RateLimiter } from '../../ports/rate-limiter.ts';
import type { Communities } from '../communities/communities.ts';
import { FacilitatorKeys } from '../meeting/facilitator-key.ts';
import { makeMeeting } from '../meeting/meeting-directory.ts';
import { CalendarPost } from './calendar-post.ts';
import { CalendarSecrets } from './calendar-secrets.ts';
import { CalendarService } from './calendar.service.ts';
import { Chronicles } from './chronicles.ts';
import { MeetingAccess } from './meeting-access.ts';
import { RecordService } from './record.service.ts';
import { RegistrationsService } from './registrations.service.ts';

export interface CalendarDeps {
  database: Database;
  log: MeetingLog;
  communities: Pick<Communities, 'find' | 'roleIn'>;
  limiter: RateLimiter;
  mailer: Mailer;
  settings: {
    /** The hubs' secret. */
    secret: string;
    /** Where people reach the product, asked once it is. */
    publicUrl: () => string;
    now: () => number;
  };
  logger: Logger;
}

export interface Calendar {
  meetings: CalendarService;
  registrations: RegistrationsService;
  record: RecordService;
  /** Who keeps meetings in memory hears what a new title added to the log of one. */
  onRenamed(listener: (renamed: Renamed) => void): void;
  /** Orders what is to be told; by itself it looks every half minute. */
  post: Pick<CalendarPost, 'look'>;
  close(): Promise<void>;
}

const LOOK_EVERY_MS = 30_000;
const FORGET_EVERY_MS = 6 * 3_600_000;
/** Addresses of who has no account are kept so long after the meeting. */
const KEPT_MS = 30 * 86_400_000;

/** [CAL-1] Meetings that have a date, and who comes to them. */
export function createCalendar({
  database,
  log,
  communities,
  limiter,
  mailer,
  settings,
  logger,
}: CalendarDeps): Calendar {
  const { secret, publicUrl, now } = settings;
  const store = createPostgresCalendarStore(database);
  const people = createPostgresPeopleStore(database);
  const secrets = new CalendarSecrets(secret);
  const keys = new FacilitatorKeys(secret);
  const chronicles = new Chronicles({ log, now });
  const entries = createPostgresEntryStore(database);
  const access = new MeetingAccess({ store, people, communities, entries, chronicles });
  const post = new CalendarPost({ store, mailer, secrets, publicUrl, now, logger });
  let tell: ((renamed: Renamed) => void) | undefined;
  const looking = setInterval(() => void post.look(), LOOK_EVERY_MS);
  const forgetting = setInterval(() => {
    store
      .forget(now() - KEPT_MS)
      .catch((error: unknown) => logger.error({ err: error }, 'forgetting registrations failed'));
  }, FORGET_EVERY_MS);
  for (const each of [looking, forgetting]) each.unref();
  return {
    meetings: new CalendarService({
      store,
      access,
      people,
      communities,
      post,
      make: (title) => makeMeeting({ log, now, logger }, title),
      keyOf: (meetingId) => keys.sign(meetingId),
      onRenamed: (renamed) => tell?.(renamed),
      now,
    }),
    registrations: new RegistrationsService({
      store,
      access,
      people,
      communities,
      limiter,
      post,
      secrets,
      publicUrl,
      now,
    }),
    record: new RecordService({
      access,
      chronicles,
      log,
      notes: createPostgresNoteStore(database),
      now,
    }),
    onRenamed: (listener) => {
      tell = listener;
    },
    post,
    close: async () => {
      clearInterval(looking);
      clearInterval(forgetting);
      await post.look();
    },
  };
}
