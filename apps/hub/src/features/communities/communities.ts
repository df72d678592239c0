import type { Database } from '@relais/db';
import type { RegisterPage } from '@relais/protocol/privacy';
import type { Logger } from 'pino';
import { createPostgresCommunityStore } from '../../adapters/postgres-community-store.ts';
import { createPostgresInvitationStore } from '../../adapters/postgres-invitation-store.ts';
import { createPostgresMembershipStore } from '../../adapters/postgres-membership-store.ts';
import type { CommunityStore } from '../../ports/community-store.ts';
import type { Mailer } from '../../ports/mailer.ts';
import type { RateLimiter } from '../../ports/rate-limiter.ts';
import { createRegister, type RegisterFilter } from '../privacy/register.ts';
import { CommunityMails } from './community-mails.ts';
import { CommunityService } from './community.service.ts';
import { createConcierge, type Answer } from './concierge.ts';
import { ImportService } from './import.service.ts';
import { InvitationService } from './invitation.service.ts';
import { createInvitationTokens } from './invitation-tokens.ts';
import { MemberService } from './member.service.ts';

export interface CommunitiesDeps {
  database: Database;
  limiter: RateLimiter;
  mailer: Mailer;
  settings: {
    /** The hubs' secret, from which that of invitations is made. */
    secret: string;
    /** Where people reach the product, asked once it is. */
    publicUrl: () => string;
    /** Milliseconds since 1970. */
    now: () => number;
  };
  logger: Logger;
}

/** Communities of practice: who is in them, and what they are there. */
export interface Communities {
  pages: CommunityService;
  members: MemberService;
  invitations: InvitationService;
  imports: ImportService;
  /** [PRIV-10] What the register has of a community, for who coordinates it. */
  register(slug: string, personId: string, filter: RegisterFilter): Answer<RegisterPage>;
  /** By the address of its page. */
  find: CommunityStore['find'];
  /** [COMM-3] What somebody is in a community; undefined: not a member, or no such community. */
  roleIn: CommunityStore['roleIn'];
  /** Those of which somebody is a member, with their role there. */
  ofPerson: CommunityStore['ofPerson'];
  close(): void;
}

/** What has run out is not good any more at once; that it goes soon after is all that counts. */
const FORGET_EVERY_MS = 3_600_000;

export function createCommunities({
  database,
  limiter,
  mailer,
  settings,
  logger,
}: CommunitiesDeps): Communities {
  const { secret, publicUrl, now } = settings;
  const store = createPostgresCommunityStore(database);
  const invitations = createPostgresInvitationStore(database);
  const concierge = createConcierge(store);
  const tokens = createInvitationTokens(secret);
  const mails = new CommunityMails({ mailer, tokens, publicUrl, logger });
  const register = createRegister(database, now);
  const shared = { concierge, mails, tokens, now };
  const forget = setInterval(() => {
    invitations
      .forgetExpired(now())
      .catch((error: unknown) => logger.error({ err: error }, 'forgetting invitations failed'));
  }, FORGET_EVERY_MS);
  forget.unref();
  return {
    pages: new CommunityService({ ...shared, store, invitations }),
    members: new MemberService({
      concierge,
      mails,
      now,
      store: createPostgresMembershipStore(database),
      invitations,
      limiter,
    }),
    invitations: new InvitationService({ ...shared, store: invitations, limiter }),
    imports: new ImportService({ ...shared, store: invitations, limiter }),
    register: async (slug, personId, filter) => {
      const admitted = await concierge.admitTo(slug, personId, 'GET /api/communities/:slug/register');
      if (!admitted.ok) return admitted;
      return register.page({ ...filter, communityId: admitted.value.community.communityId });
    },
    find: (slug) => store.find(slug),
    roleIn: (communityId, personId) => store.roleIn(communityId, personId),
    ofPerson: (personId) => store.ofPerson(personId),
    close: () => clearInterval(forget),
  };
}
