import { sessions, type Database } from '@relais/db';
import { fail, ok, type Result } from '@relais/kit';
import { CHECK_KEPT_DAYS } from '@relais/protocol';
import type { PeopleRefusal } from '@relais/protocol/people';
import type { AttendancePage, EraseBody, PrivacyView, RegisterPage } from '@relais/protocol/privacy';
import { eq } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { PeopleStore } from '../../ports/people-store.ts';
import { createPostgresPeopleStore } from '../../adapters/postgres-people-store.ts';
import type { RateLimiter } from '../../ports/rate-limiter.ts';
import { MAILS_KEPT_DAYS } from '../mails/mails.ts';
import { SESSION_DAYS } from '../people/auth.ts';
import type { SignedIn } from '../people/sign-in.service.ts';
import { attempt } from './attempt.ts';
import { attendance } from './attendance.ts';
import { erasePerson } from './erase-person.ts';
import { personData } from './person-data.ts';
import { createRegister, type Register, type RegisterFilter } from './register.ts';
import { forgetPast } from './retention.ts';

export interface PrivacySettings {
  responsible: string | undefined;
  /** Days; 0: for ever. */
  keepMeetingsDays: number;
  keepRegisterDays: number;
  /** Milliseconds since 1970. */
  now: () => number;
}

export interface PrivacyDeps {
  database: Database;
  limiter: RateLimiter;
  settings: PrivacySettings;
  logger: Logger;
}

type PersonData = NonNullable<Awaited<ReturnType<typeof personData>>>;
type Answer<T> = Promise<Result<T, PeopleRefusal>>;

export interface Privacy {
  view: PrivacyView;
  register: Register;
  data(who: SignedIn): Answer<PersonData>;
  erase(who: SignedIn, body: EraseBody): Answer<void>;
  entries(who: SignedIn, filter: RegisterFilter): Answer<RegisterPage>;
  ownEntries(who: SignedIn, filter: RegisterFilter): Answer<RegisterPage>;
  attendance(who: SignedIn, before: string | undefined): Answer<AttendancePage>;
  /** Forgets now what is past its time, if it is this hub's turn. */
  forget(): Promise<void>;
  /** From then on meetings that somebody is in are known, and the past is forgotten by itself. */
  start(isRunning: (meetingId: string) => boolean): void;
  close(): void;
}

/** What is downloaded is read from everywhere, and erasing is once: whoever has a browser for a moment has not just signed in. */
const FRESH_MS = 15 * 60_000;
const EXPORTS = { limit: 10, windowMs: 3_600_000 };
const LOOK_EVERY_MS = 600_000;

/** Personal information: what is kept and how long, one's own to take away and to have erased, and the register [PRIV-2] to [PRIV-7]. */
export function createPrivacy({ database, limiter, settings, logger }: PrivacyDeps): Privacy {
  const { now, keepMeetingsDays, keepRegisterDays } = settings;
  const register = createRegister(database, now);
  const store = createPostgresPeopleStore(database);
  let timer: NodeJS.Timeout | undefined;
  let isRunning = (_meetingId: string) => false;
  const days = { meetings: keepMeetingsDays, register: keepRegisterDays };
  const forget = () => forgetPast({ database, register, days, now }, isRunning);
  return {
    view: {
      responsible: settings.responsible ?? null,
      days: { ...days, mails: MAILS_KEPT_DAYS, checks: CHECK_KEPT_DAYS, sessions: SESSION_DAYS },
    },
    register,
    async data(who) {
      const isFresh = await freshly(database, who, now());
      if (!isFresh.ok) return isFresh;
      const taken = await limiter.take(`export:${who.personId}`, EXPORTS);
      if (!taken.ok) return fail({ kind: 'tooMany', retryAfterMs: taken.retryAfterMs });
      const told = await register.write({
        kind: 'dataExported',
        actorId: who.personId,
        subjectId: who.personId,
      });
      if (!told.ok) return told;
      const found = await attempt(database, () => personData(database, who.personId));
      if (!found.ok) return found;
      return found.value ? ok(found.value) : fail({ kind: 'notSignedIn' });
    },
    async erase(who, { messages, email }) {
      const isFresh = await freshly(database, who, now());
      if (!isFresh.ok) return isFresh;
      const found = await store.find(who.personId);
      if (!found.ok) return found;
      // What is confirmed is whose account it is.
      if (found.value?.email !== email.trim().toLowerCase())
        return fail({ kind: 'invalidInput', issues: ['email: not the one of this account'] });
      return erasePerson(database, register, who.personId, messages);
    },
    async entries(who, filter) {
      const may = await isAdministrator(store, who);
      return may.ok ? register.page(filter) : may;
    },
    async attendance(who, before) {
      const may = await isAdministrator(store, who);
      return may.ok ? attendance(database, before) : may;
    },
    ownEntries: (who, filter) => register.page({ ...filter, about: who.personId }),
    forget,
    start(running) {
      isRunning = running;
      timer ??= setInterval(() => {
        forget().catch((error: unknown) => logger.error({ err: error }, 'forgetting what is past failed'));
      }, LOOK_EVERY_MS);
      timer.unref();
    },
    close: () => clearInterval(timer),
  };
}

/** [PRIV-3] Signed in within the last quarter of an hour. */
async function freshly(database: Database, { sessionId }: SignedIn, at: number): Answer<void> {
  const found = await attempt(database, () =>
    database.orm.select({ at: sessions.createdAt }).from(sessions).where(eq(sessions.id, sessionId)),
  );
  if (!found.ok) return found;
  const since = found.value[0]?.at.getTime();
  if (since === undefined) return fail({ kind: 'notSignedIn' });
  return at - since <= FRESH_MS ? ok(undefined) : fail({ kind: 'signInAgain' });
}

async function isAdministrator(store: PeopleStore, { personId }: SignedIn): Answer<void> {
  const found = await store.find(personId);
  if (!found.ok) return found;
  return found.value?.isAdministrator ? ok(undefined) : fail({ kind: 'notAllowed' });
}
