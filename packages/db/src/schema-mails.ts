import { sql } from 'drizzle-orm';
import { index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/**
 * The outbox: every email that was ever ordered, until it is forgotten. `key` says which it is: it is stored once. Of one that was
 * sent the text is not kept.
 */
export const mails = pgTable(
  'mails',
  {
    key: text().primaryKey(),
    kind: text().notNull(),
    recipient: text().notNull(),
    lang: text().notNull(),
    subject: text().notNull(),
    text: text().notNull(),
    html: text().notNull(),
    ics: text(),
    state: text({ enum: ['waiting', 'sending', 'sent', 'failed'] })
      .notNull()
      .default('waiting'),
    tries: integer().notNull().default(0),
    /** Waiting: when it is to be tried. Sending: when whoever sends it is taken to be dead. */
    dueAt: instant().notNull(),
    /** After it, it is of no use to anybody any more. */
    usefulUntil: instant(),
    error: text().notNull().default(''),
    createdAt: instant().notNull(),
    doneAt: instant(),
  },
  (table) => [
    index('mails_due')
      .on(table.dueAt)
      .where(sql`${table.state} in ('waiting', 'sending')`),
    index('mails_created').on(table.createdAt),
  ],
);
