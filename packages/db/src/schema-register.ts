import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { communities } from './schema-communities.ts';
import { people } from './schema-people.ts';

/**
 * The register of what was done with people's information and rights: rows are added, and go when their time is over, never changed
 * but for one thing: where a person was erased nobody is named any more. No name and no address is in it.
 */
export const registerEntries = pgTable(
  'register_entries',
  {
    /** Rises with time, so that a page of them goes on where the last one ended. */
    id: text().primaryKey(),
    kind: text().notNull(),
    /** Who did it; nobody where the hub did by itself, or where they were erased. */
    actorId: text().references(() => people.id, { onDelete: 'set null' }),
    /** Whom it was done to. */
    subjectId: text().references(() => people.id, { onDelete: 'set null' }),
    communityId: text().references(() => communities.id, { onDelete: 'set null' }),
    /** May be of a meeting that is forgotten. */
    meetingId: text(),
    at: instant().notNull(),
  },
  (table) => [
    index('register_entries_at').on(table.at),
    index('register_entries_actor').on(table.actorId),
    index('register_entries_subject').on(table.subjectId),
    index('register_entries_community').on(table.communityId),
  ],
);

/** What is done from time to time by one hub of several: whoever moves `due_at` on does it. */
export const retentionTurns = pgTable('retention_turns', {
  kind: text().primaryKey(),
  dueAt: instant().notNull(),
});
