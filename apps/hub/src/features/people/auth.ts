import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { credentials, people, proofs, sessions, type Database } from '@relais/db';
import { PASSWORD_MAX, PASSWORD_MIN } from '@relais/protocol/people';
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { APIError } from 'better-auth/api';
import { genericOAuth, magicLink } from 'better-auth/plugins';
import type { Logger } from 'pino';
import type { Mail, Mailer } from '../../ports/mailer.ts';

/** [PEOPLE-2] How long a link that was sent can be used. */
export const LINK_MINUTES = 15;
/** A browser that nobody used for so long is signed out. */
export const SESSION_DAYS = 30;
const SESSION_SECONDS = SESSION_DAYS * 24 * 3600;
/** The last use of a session is written this exactly, so that not every page writes. */
const LAST_USE_SECONDS = 600;
/** The one provider that can be set up. */
export const PROVIDER_ID = 'oidc';

export interface ProviderSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** As people know it. */
  name: string;
}

export interface AuthDeps {
  database: Database;
  mailer: Mailer;
  /** Signs the cookies. */
  secret: string;
  /** Where people reach the product; links and cookies follow from it. */
  publicUrl: string;
  provider: ProviderSettings | undefined;
  /** They have a session anew. */
  onSignedIn: (personId: string) => Promise<void>;
  logger: Logger;
}

export type Auth = ReturnType<typeof createAuth>;

/**
 * Sign-in as better-auth does it, over our tables. Only what http/people-api.ts calls of it can be reached: its own router is
 * not mounted, and limits and the check of origins are ours.
 */
export function createAuth({ database, mailer, secret, publicUrl, provider, onSignedIn, logger }: AuthDeps) {
  const send = async (mail: MailBody, token: string) => {
    const key = `${mail.kind}:${createHash('sha256').update(token).digest('base64url')}`;
    const sent = await mailer.send({
      key,
      lang: mailLang.getStore() ?? 'fr',
      minutes: LINK_MINUTES,
      ...mail,
    });
    if (!sent.ok) throw new APIError('SERVICE_UNAVAILABLE');
  };
  return betterAuth({
    appName: 'Relais',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret,
    telemetry: { enabled: false },
    // Messages of the library may name addresses: only that something broke is logged, and where.
    logger: { level: 'error', log: (_level, message) => logger.error({ part: 'accounts' }, message) },
    rateLimit: { enabled: false },
    database: drizzleAdapter(database.orm, {
      provider: 'pg',
      schema: { user: people, session: sessions, account: credentials, verification: proofs },
      transaction: true,
    }),
    session: {
      fields: { userId: 'personId' },
      expiresIn: SESSION_SECONDS,
      updateAge: LAST_USE_SECONDS,
      cookieCache: { enabled: false },
    },
    account: {
      fields: { userId: 'personId' },
      updateAccountOnSignIn: false,
      accountLinking: { enabled: true, trustedProviders: [] },
    },
    verification: { storeIdentifier: 'hashed' },
    databaseHooks: {
      // Of a provider only who somebody is there: its keys and pictures are of no use to us.
      account: {
        create: {
          before: async (account) => ({
            data: { ...account, accessToken: null, refreshToken: null, idToken: null },
          }),
        },
      },
      user: { create: { before: async (person) => ({ data: { ...person, image: null } }) } },
      session: {
        create: {
          before: async (session) => ({ data: { ...session, ...knownOf(session) } }),
          after: ({ userId }) => onSignedIn(userId),
        },
      },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_MIN,
      maxPasswordLength: PASSWORD_MAX,
      resetPasswordTokenExpiresIn: LINK_MINUTES * 60,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: ({ user, token }) =>
        send({ kind: 'passwordReset', to: user.email, url: linkTo(publicUrl, 'mot-de-passe', token) }, token),
    },
    advanced: {
      cookiePrefix: 'relais',
      useSecureCookies: publicUrl.startsWith('https:'),
      ipAddress: { disableIpTracking: true },
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
    },
    plugins: [
      magicLink({
        expiresIn: LINK_MINUTES * 60,
        storeToken: 'hashed',
        sendMagicLink: ({ email, token }) =>
          send({ kind: 'signInLink', to: email, url: linkTo(publicUrl, 'lien', token) }, token),
      }),
      ...(provider ? [genericOAuth({ config: [providerConfig(provider)] })] : []),
    ],
  });
}

type MailBody = Pick<Mail & { kind: 'signInLink' | 'passwordReset' }, 'kind' | 'to' | 'url'>;

/** The language of the page that asked, for what is sent meanwhile. */
export const mailLang = new AsyncLocalStorage<'fr' | 'en'>();

function linkTo(publicUrl: string, page: string, token: string): string {
  const url = new URL(`/connexion/${page}`, publicUrl);
  url.searchParams.set('jeton', token);
  return url.href;
}

function providerConfig({ issuer, clientId, clientSecret, name }: ProviderSettings) {
  return {
    providerId: PROVIDER_ID,
    name,
    clientId,
    clientSecret,
    discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    requireIdTokenVerification: true,
    scopes: ['openid', 'email', 'profile'],
    pkce: true,
  };
}

/** A browser names itself at any length it likes. */
function knownOf({ userAgent }: { userAgent?: string | null | undefined }) {
  return { userAgent: userAgent ? userAgent.slice(0, 400) : null, ipAddress: null };
}
