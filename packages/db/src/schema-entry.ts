import { sql } from 'drizzle-orm';
import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { communities } from './schema-communities.ts';
import { meetings } from './schema.ts';

const meetingId = () =>
  text()
    .notNull()
    .references(() => meetings.meetingId, { onDelete: 'cascade' });

/** Who may enter a meeting; one that has no row is open to anyone with its address. */
export const meetingEntries = pgTable('meeting_entries', {
  meetingId: meetingId().primaryKey(),
  rule: text({ enum: ['anyone', 'invited', 'community'] }).notNull(),
  /** Of whose members; where it is gone nobody is one any more. */
  communityId: text().references(() => communities.id, { onDelete: 'set null' }),
});

/** Addresses that may enter where only the invited do: of whoever has an account with it, now or later. In lower case. */
export const meetingInvited = pgTable(
  'meeting_invited',
  { meetingId: meetingId(), email: text().notNull() },
  (table) => [
    primaryKey({ columns: [table.meetingId, table.email] }),
    index('meeting_invited_email').on(table.email),
  ],
);

/** Links by which people without an account come into one meeting. What a link holds is made from `id` and a secret that is not here. */
export const guestLinks = pgTable(
  'guest_links',
  {
    id: text().primaryKey(),
    meetingId: meetingId(),
    /** What who made it calls it, and may be empty. */
    label: text().notNull(),
    /** How many people may come by it. */
    seats: integer().notNull(),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
    revokedAt: instant(),
  },
  (table) => [index('guest_links_meeting').on(table.meetingId)],
);

/** Who has come by which link: a seat of the meeting each. */
export const guestSeats = pgTable(
  'guest_seats',
  {
    linkId: text()
      .notNull()
      .references(() => guestLinks.id, { onDelete: 'cascade' }),
    participantId: text().notNull(),
    at: instant()
      .notNull()
      .default(sql`now()`),
  },
  (table) => [primaryKey({ columns: [table.linkId, table.participantId] })],
);
