import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { instant } from './columns.ts';
import { communities } from './schema-communities.ts';
import { meetings } from './schema.ts';
import { people } from './schema-people.ts';

/**
 * Meetings that have a date: each occurrence of a recurrence is a meeting of its own. `starts_at` is the truth, `time_zone` where its
 * clock hangs on the wall. `sequence` counts changes that are told, and is the compare-and-set of the next.
 */
export const calendarMeetings = pgTable(
  'calendar_meetings',
  {
    meetingId: text()
      .primaryKey()
      .references(() => meetings.meetingId, { onDelete: 'cascade' }),
    /** The same for all of one recurrence. */
    seriesId: text().notNull(),
    recurs: boolean().notNull(),
    communityId: text().references(() => communities.id, { onDelete: 'cascade' }),
    announcedBy: text().references(() => people.id, { onDelete: 'set null' }),
    title: text().notNull(),
    description: text().notNull(),
    agenda: jsonb().$type<{ text: string; minutes: number | null }[]>().notNull(),
    startsAt: instant().notNull(),
    minutes: integer().notNull(),
    timeZone: text().notNull(),
    registration: boolean().notNull(),
    capacity: integer(),
    isCancelled: boolean().notNull().default(false),
    cancelWord: text().notNull().default(''),
    sequence: integer().notNull().default(0),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (table) => [
    index('calendar_meetings_series').on(table.seriesId, table.startsAt),
    index('calendar_meetings_starts').on(table.startsAt),
    index('calendar_meetings_community').on(table.communityId, table.startsAt),
    index('calendar_meetings_announced').on(table.announcedBy, table.startsAt),
  ],
);

/**
 * Whom a meeting's emails reach: who animates it and who is registered. What they were told last stands in `told_*`, so that what
 * is still to be told is found again after any process was killed.
 */
export const calendarAttendees = pgTable(
  'calendar_attendees',
  {
    id: text().primaryKey(),
    meetingId: text()
      .notNull()
      .references(() => calendarMeetings.meetingId, { onDelete: 'cascade' }),
    personId: text().references(() => people.id, { onDelete: 'cascade' }),
    email: text().notNull(),
    name: text().notNull(),
    part: text({ enum: ['animates', 'attends'] }).notNull(),
    state: text({ enum: ['confirmed', 'waiting'] }).notNull(),
    lang: text({ enum: ['fr', 'en'] }).notNull(),
    timeZone: text().notNull(),
    at: instant().notNull(),
    toldState: text({ enum: ['confirmed', 'waiting', 'cancelled'] }),
    toldSequence: integer(),
    toldTitle: text(),
    toldStartsAt: instant(),
    /** For which beginning each reminder was ordered. */
    remindedDay: instant(),
    remindedHour: instant(),
  },
  (table) => [
    uniqueIndex('calendar_attendees_email').on(table.meetingId, table.email),
    index('calendar_attendees_person').on(table.personId),
    index('calendar_attendees_untold')
      .on(table.meetingId)
      .where(sql`${table.toldState} is null`),
  ],
);

/** What a person sets of their calendar. `feed` counts renewals of the secret address; the address itself is not kept. */
export const calendarSettings = pgTable('calendar_settings', {
  personId: text()
    .primaryKey()
    .references(() => people.id, { onDelete: 'cascade' }),
  remindDay: boolean().notNull().default(true),
  remindHour: boolean().notNull().default(true),
  feed: integer().notNull().default(1),
});
