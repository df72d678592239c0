import type { Database } from '@relais/db';
import {
  createCalendar,
  createCommunities,
  createPeople,
  createPrivacy,
  type Calendar,
  type Communities,
  type Mails,
  type MeetingLog,
  type People,
  type Privacy,
  type RateLimiter,
} from '@relais/hub';
import type { Config } from './config.ts';
import type { Frame } from './process-frame.ts';

export interface PeopleParts {
  database: Database;
  limiter: RateLimiter;
  mails: Mails;
  secret: string;
  /** Where people reach the product; asked once it listens. */
  publicUrl: () => string;
}

/** Accounts, over the database and the limits that the hub has. */
export function startPeople({ config, logger, owned }: Frame, parts: PeopleParts): People {
  const { database, limiter, mails, secret, publicUrl } = parts;
  if (!config.RELAIS_PUBLIC_URL) {
    logger.warn(
      'RELAIS_PUBLIC_URL is not set: links in emails lead to localhost, which is of use on this machine alone.',
    );
  }
  const people = createPeople({
    database,
    limiter,
    mails,
    settings: { secret, publicUrl, provider: providerOf(config), now: Date.now },
    logger: logger.child({ part: 'people' }),
  });
  return owned.own('people', people, (p) => p.close());
}

/** Personal information of those who have accounts: what is kept, for how long, and the register. */
export function startPrivacy({ config, logger, owned }: Frame, { database, limiter }: PeopleParts): Privacy {
  const privacy = createPrivacy({
    database,
    limiter,
    settings: {
      responsible: config.RELAIS_PRIVACY_CONTACT,
      keepMeetingsDays: config.RELAIS_KEEP_MEETINGS_DAYS,
      keepRegisterDays: config.RELAIS_KEEP_REGISTER_DAYS,
      now: Date.now,
    },
    logger: logger.child({ part: 'privacy' }),
  });
  return owned.own('privacy', privacy, async (p) => p.close());
}

/** Communities, of those who have accounts. */
export function startCommunities({ logger, owned }: Frame, parts: PeopleParts): Communities {
  const { database, limiter, mails, secret, publicUrl } = parts;
  const communities = createCommunities({
    database,
    limiter,
    mailer: mails.mailer,
    settings: { secret, publicUrl, now: Date.now },
    logger: logger.child({ part: 'communities' }),
  });
  return owned.own('communities', communities, async (c) => c.close());
}

/** Meetings that have a date, announced by those who have accounts. */
export function startCalendar(
  { logger, owned }: Frame,
  {
    database,
    limiter,
    mails,
    secret,
    publicUrl,
    communities,
    log,
  }: PeopleParts & { communities: Communities; log: MeetingLog },
): Calendar {
  const calendar = createCalendar({
    database,
    log,
    communities,
    limiter,
    mailer: mails.mailer,
    settings: { secret, publicUrl, now: Date.now },
    logger: logger.child({ part: 'calendar' }),
  });
  return owned.own('calendar', calendar, (c) => c.close());
}

function providerOf(config: Config) {
  const {
    RELAIS_OIDC_ISSUER: issuer,
    RELAIS_OIDC_CLIENT_ID: clientId,
    RELAIS_OIDC_CLIENT_SECRET: clientSecret,
    RELAIS_OIDC_NAME: name,
  } = config;
  return issuer && clientId && clientSecret && name ? { issuer, clientId, clientSecret, name } : undefined;
}

/**
 * [PEOPLE-9] The page of the first administrator with what opens it, while there is none. It stands behind the `#`, which a
 * browser sends to nobody.
 */
export async function firstAdministratorUrl(people: People): Promise<string | undefined> {
  const isFirst = await people.isFirst();
  return isFirst.ok && isFirst.value ? `${people.publicUrl()}/premier#${people.firstToken}` : undefined;
}
