import { index, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { instant } from './columns.ts';
import { people } from './schema-people.ts';

/** The name that PostgreSQL gives back when an address of a page is taken. */
export const COMMUNITY_SLUG_CONSTRAINT = 'communities_slug';

/** Communities of practice. `slug` is the address of its page, and stays. */
export const communities = pgTable('communities', {
  id: text().primaryKey(),
  slug: text().notNull().unique(COMMUNITY_SLUG_CONSTRAINT),
  name: text().notNull(),
  description: text().notNull().default(''),
  joining: text({ enum: ['invitation', 'request', 'open'] }).notNull(),
  createdAt: instant().notNull(),
  updatedAt: instant().notNull(),
});

const communityId = () =>
  text()
    .notNull()
    .references(() => communities.id, { onDelete: 'cascade' });
const personId = () =>
  text()
    .notNull()
    .references(() => people.id, { onDelete: 'cascade' });
/** In which language its emails are written, to whom has not said otherwise: that of the page on which they asked. */
const lang = () => text({ enum: ['fr', 'en'] }).notNull();
const role = () => text({ enum: ['coordinator', 'animator', 'member'] }).notNull();

export const memberships = pgTable(
  'memberships',
  {
    communityId: communityId(),
    personId: personId(),
    role: role(),
    lang: lang(),
    since: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.communityId, table.personId] }),
    index('memberships_person').on(table.personId),
  ],
);

/**
 * Invitations that can be used: one that was used by whom it was for, was revoked or has run out has no row. With an address it is
 * for that one alone and good once; without, it is a link for whoever has it. What the link holds is made from `id` and a secret
 * that is not here.
 */
export const communityInvitations = pgTable(
  'community_invitations',
  {
    id: text().primaryKey(),
    communityId: communityId(),
    email: text(),
    role: role(),
    lang: lang(),
    invitedBy: text().references(() => people.id, { onDelete: 'set null' }),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
  },
  (table) => [
    // An address is invited once; a second invitation takes the place of the first.
    uniqueIndex('community_invitations_address')
      .on(table.communityId, table.email)
      .where(sql`${table.email} is not null`),
    index('community_invitations_email').on(table.email),
    index('community_invitations_expiry').on(table.expiresAt),
  ],
);

/** Who asks to be taken in, until somebody has decided. */
export const communityRequests = pgTable(
  'community_requests',
  {
    communityId: communityId(),
    personId: personId(),
    /** What they say of themselves, and may be empty. */
    word: text().notNull(),
    lang: lang(),
    at: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.communityId, table.personId] }),
    index('community_requests_person').on(table.personId),
  ],
);
