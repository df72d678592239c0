import { sql } from 'drizzle-orm';
import {
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { bytes, instant } from './columns.ts';

export * from './schema-calendar.ts';
export * from './schema-communities.ts';
export * from './schema-entry.ts';
export * from './schema-mails.ts';
export * from './schema-people.ts';
export * from './schema-register.ts';

/** One row per meeting: its address, and the head of its log. `version` is the compare-and-set of an append. */
export const meetings = pgTable('meetings', {
  meetingId: text().primaryKey(),
  code: text().notNull().unique('meetings_code'),
  title: text().notNull(),
  version: integer().notNull(),
  createdAt: instant().notNull(),
});

/** The name that PostgreSQL gives back when a message is posted twice. */
export const CLIENT_MESSAGE_INDEX = 'meeting_events_client_message';
/** The name that PostgreSQL gives back when a code is taken. */
export const MEETING_CODE_CONSTRAINT = 'meetings_code';

/** The log: what became true, in order. `payload` is the whole event; `type` and `at` are there for indexes. */
export const meetingEvents = pgTable(
  'meeting_events',
  {
    meetingId: text()
      .notNull()
      .references(() => meetings.meetingId),
    version: integer().notNull(),
    type: text().notNull(),
    payload: jsonb().notNull(),
    at: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.meetingId, table.version] }),
    // A message sent twice by the same participant is one message.
    uniqueIndex('meeting_events_client_message')
      .on(table.meetingId, sql`(payload->>'participantId')`, sql`(payload->>'clientMessageId')`)
      .where(sql`type = 'messagePosted'`),
    // A page of history reads its messages and nothing between them.
    index('meeting_events_messages')
      .on(table.meetingId, table.version)
      .where(sql`type = 'messagePosted'`),
    // Who came, of all meetings, the last first; and what one person was in, to take away and to erase.
    index('meeting_events_joined')
      .on(table.at, table.version, table.meetingId)
      .where(sql`type = 'participantJoined'`),
    index('meeting_events_person')
      .on(sql`(payload->>'personId')`)
      .where(sql`type = 'participantJoined'`),
  ],
);

/**
 * Results of the connection check that people agreed to tell the animator: a name, a word and an instant. `owner` is a
 * fingerprint of what the person's browser keeps. Rows live for some days only.
 */
export const checkReports = pgTable(
  'check_reports',
  {
    meetingId: text()
      .notNull()
      .references(() => meetings.meetingId),
    owner: text().notNull(),
    name: text().notNull(),
    verdict: text().notNull(),
    at: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.meetingId, table.owner] }),
    index('check_reports_at').on(table.at),
  ],
);

/**
 * Notes of one place of a meeting: `plenary`, or a room of sub-groups by its id. `seq` counts the changes that were stored,
 * and is the compare-and-set of the next; `state` holds all of them up to `state_seq`, those after it are rows of
 * `note_updates`. What is there to be listed without opening them: the last line, the number of characters, and when.
 */
export const noteDocuments = pgTable(
  'note_documents',
  {
    meetingId: text()
      .notNull()
      .references(() => meetings.meetingId),
    place: text().notNull(),
    seq: integer().notNull(),
    state: bytes(),
    stateSeq: integer().notNull().default(0),
    lastLine: text().notNull(),
    length: integer().notNull(),
    at: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.meetingId, table.place] })],
);

/** Changes of notes that are not in a `state` yet: some tens of rows for each place, as they are drawn together. */
export const noteUpdates = pgTable(
  'note_updates',
  {
    meetingId: text().notNull(),
    place: text().notNull(),
    seq: integer().notNull(),
    update: bytes().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.meetingId, table.place, table.seq] }),
    foreignKey({
      name: 'note_updates_document',
      columns: [table.meetingId, table.place],
      foreignColumns: [noteDocuments.meetingId, noteDocuments.place],
    }),
  ],
);
