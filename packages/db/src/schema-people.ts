import { sql } from 'drizzle-orm';
import { boolean, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { bytes, instant } from './columns.ts';

/**
 * Whoever has an account. What is obligatory is the address, by which they sign in; a name is asked for at the first sign-in and
 * empty until then. Tables of accounts are written by better-auth (hub/features/people/auth.ts) as well as by us.
 */
export const people = pgTable('people', {
  id: text().primaryKey(),
  email: text().notNull().unique('people_email'),
  emailVerified: boolean().notNull(),
  name: text().notNull(),
  /** The library's, and stays empty: photos are in a table of their own. */
  image: text(),
  isAdministrator: boolean().notNull().default(false),
  organisation: text().notNull().default(''),
  territory: text().notNull().default(''),
  languages: text()
    .array()
    .notNull()
    .default(sql`'{}'::text[]`),
  offers: text().notNull().default(''),
  seeks: text().notNull().default(''),
  createdAt: instant().notNull(),
  updatedAt: instant().notNull(),
});

const personId = () =>
  text()
    .notNull()
    .references(() => people.id, { onDelete: 'cascade' });

/** Browsers that are signed in. `ip_address` is the library's, and stays empty: we do not keep it. */
export const sessions = pgTable(
  'sessions',
  {
    id: text().primaryKey(),
    personId: personId(),
    token: text().notNull().unique('sessions_token'),
    expiresAt: instant().notNull(),
    ipAddress: text(),
    userAgent: text(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (table) => [index('sessions_person').on(table.personId)],
);

/** Ways to sign in: a password (`credential`), or an OpenID Connect provider whose tokens are not kept. */
export const credentials = pgTable(
  'credentials',
  {
    id: text().primaryKey(),
    personId: personId(),
    providerId: text().notNull(),
    accountId: text().notNull(),
    password: text(),
    accessToken: text(),
    refreshToken: text(),
    idToken: text(),
    accessTokenExpiresAt: instant(),
    refreshTokenExpiresAt: instant(),
    scope: text(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (table) => [
    index('credentials_person').on(table.personId),
    uniqueIndex('credentials_account').on(table.providerId, table.accountId),
  ],
);

/** What proves something once and for minutes: links that were sent, sign-ins under way at a provider. Identifiers are hashes. */
export const proofs = pgTable(
  'proofs',
  {
    id: text().primaryKey(),
    identifier: text().notNull(),
    value: text().notNull(),
    expiresAt: instant().notNull(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (table) => [index('proofs_identifier').on(table.identifier), index('proofs_expiry').on(table.expiresAt)],
);

/** A photo of each person at most: a small WebP that the hub made of what was sent. */
export const photos = pgTable('photos', {
  personId: personId().primaryKey(),
  /** Another with each photo. */
  version: text().notNull(),
  image: bytes().notNull(),
  at: instant().notNull(),
});
