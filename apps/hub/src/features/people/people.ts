import type { Database } from '@relais/db';
import type { Logger } from 'pino';
import { createPostgresPeopleStore } from '../../adapters/postgres-people-store.ts';
import { noteConsent } from '../../adapters/register-consent.ts';
import type { RateLimiter } from '../../ports/rate-limiter.ts';
import type { Mails } from '../mails/mails.ts';
import type { Accounts } from '../../ports/accounts.ts';
import { createRegister } from '../privacy/register.ts';
import { createAuth, type Auth, type ProviderSettings } from './auth.ts';
import { createKnownAccounts } from './known-accounts.ts';
import { createPeopleSecrets } from './people-secrets.ts';
import { ProfileService } from './profile.service.ts';
import { createSignInLimits } from './sign-in-limits.ts';
import { SignInService } from './sign-in.service.ts';
import { WaitingMailsService } from './waiting-mails.service.ts';

export interface PeopleSettings {
  /** The hubs' secret, from which those of accounts are made. */
  secret: string;
  /** Where people reach the product, asked once it is: with a port that the system chose it is not known before. */
  publicUrl: () => string;
  provider: ProviderSettings | undefined;
  /** Milliseconds since 1970. */
  now: () => number;
}

export interface PeopleDeps {
  database: Database;
  limiter: RateLimiter;
  mails: Pick<Mails, 'mailer' | 'isSending' | 'list'>;
  settings: PeopleSettings;
  logger: Logger;
}

export interface People {
  signIn: SignInService;
  profiles: ProfileService;
  /** As meetings see them. */
  accounts: Accounts;
  waitingMails: WaitingMailsService;
  /** Whether emails leave the server. */
  sendsMail: boolean;
  publicUrl: () => string;
  provider: string | null;
  /** Whether the first administrator is still to be made. */
  isFirst(): ReturnType<ReturnType<typeof createPostgresPeopleStore>['hasAdministrator']>;
  /** What opens the page of the first administrator. */
  firstToken: string;
  close(): Promise<void>;
}

/** Rows that have run out are of no use to anybody; that they go soon after is all that counts. */
const FORGET_EVERY_MS = 3_600_000;

/** Accounts: who is who, beside meetings, which need nobody to have one. */
export function createPeople({ database, limiter, mails, settings, logger }: PeopleDeps): People {
  const { publicUrl, provider, now } = settings;
  const secrets = createPeopleSecrets(settings.secret);
  const store = createPostgresPeopleStore(database);
  const limits = createSignInLimits(limiter, now);
  let made: Auth | undefined;
  const auth = () =>
    (made ??= createAuth({
      database,
      mailer: mails.mailer,
      secret: secrets.sessions,
      publicUrl: publicUrl(),
      provider,
      onSignedIn: (personId) => noteConsent(database, personId, now()),
      logger,
    }));
  const forget = setInterval(() => {
    store.forgetExpired(now()).catch((error: unknown) => logger.error({ err: error }, 'forgetting failed'));
  }, FORGET_EVERY_MS);
  forget.unref();
  const signIn = new SignInService({ auth, store, limits, secrets, now });
  return {
    signIn,
    accounts: createKnownAccounts({ signIn, store, publicUrl, logger }),
    profiles: new ProfileService({ store, now }),
    waitingMails: new WaitingMailsService({ mails, store, register: createRegister(database, now) }),
    sendsMail: mails.isSending,
    publicUrl,
    provider: provider?.name ?? null,
    isFirst: async () => {
      const there = await store.hasAdministrator();
      return there.ok ? { ok: true, value: !there.value } : there;
    },
    firstToken: secrets.firstToken,
    close: async () => {
      clearInterval(forget);
      await limits.close();
    },
  };
}
