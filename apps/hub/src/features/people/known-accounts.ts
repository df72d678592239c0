import { fail, ok, withTimeout } from '@relais/kit';
import { personId as personIdSchema } from '@relais/protocol';
import type { Logger } from 'pino';
import type { Accounts, Handshake } from '../../ports/accounts.ts';
import type { PeopleStore } from '../../ports/people-store.ts';
import type { SignInService } from './sign-in.service.ts';

/** Somebody waits for it to come into a meeting. */
const ANSWER_WITHIN_MS = 2_000;

export interface KnownAccountsDeps {
  signIn: Pick<SignInService, 'whoIs'>;
  store: Pick<PeopleStore, 'emailsOf'>;
  publicUrl: () => string;
  logger: Logger;
}

/** [ACCOUNT-1] Accounts for meetings: by the cookie of the session, and of nobody else than our own pages. */
export function createKnownAccounts({ signIn, store, publicUrl, logger }: KnownAccountsDeps): Accounts {
  async function inTime<T>(answer: Promise<T>, otherwise: T): Promise<T> {
    try {
      return await withTimeout(answer, ANSWER_WITHIN_MS, 'looking for an account');
    } catch (error) {
      logger.warn({ err: error }, 'an account could not be looked for');
      return otherwise;
    }
  }

  async function found({ cookie = '' }: Handshake): ReturnType<Accounts['cameWith']> {
    const { result } = await signIn.whoIs(new Headers({ cookie }));
    if (!result.ok) return fail({ kind: 'unavailable' });
    const personId = personIdSchema.safeParse(result.value?.personId);
    if (!personId.success) return ok(undefined);
    const emails = await store.emailsOf([personId.data]);
    if (!emails.ok) return emails;
    return ok({ personId: personId.data, email: emails.value.get(personId.data) });
  }

  return {
    cameWith: async (handshake) => {
      if (!handshake.cookie || !isOurs(handshake, publicUrl())) return ok(undefined);
      return inTime(found(handshake), fail({ kind: 'unavailable' }));
    },
    emailsOf: async (personIds) => {
      if (personIds.length === 0) return new Map();
      const emails = await inTime(store.emailsOf(personIds), fail({ kind: 'unavailable' }));
      return emails.ok ? emails.value : new Map();
    },
  };
}

/** [PEOPLE-5] Another site's page would have the browser send its cookies along, and speak with somebody's account. */
function isOurs({ origin, host }: Handshake, publicUrl: string): boolean {
  if (!origin || !URL.canParse(origin)) return false;
  return origin === new URL(publicUrl).origin || new URL(origin).host === host;
}
