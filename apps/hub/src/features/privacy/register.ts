import { communities, meetings, people, registerEntries, type Database } from '@relais/db';
import type { Result } from '@relais/kit';
import { registerKind, type RegisterKind, type RegisterPage } from '@relais/protocol/privacy';
import { aliasedTable, and, desc, eq, lt, or } from 'drizzle-orm';
import { writeEntry, type Entry, type Writer } from '../../adapters/register-rows.ts';
import { attempt, type Unavailable } from './attempt.ts';

export interface RegisterFilter {
  before?: string | undefined;
  kind?: RegisterKind | undefined;
  /** What they did, and what was done to them. */
  about?: string;
  /** What was done in one community. */
  communityId?: string;
}

export type Register = ReturnType<typeof createRegister>;
const PAGE = 50;

/** [PRIV-6] The register: written in one place, with the act that it tells of where that is in the database. */
export function createRegister(database: Database, now: () => number) {
  const { orm } = database;
  return {
    write: (entry: Entry): Promise<Result<void, Unavailable>> =>
      attempt(database, () => writeEntry(orm, entry, now())),
    writeWith: (writer: Writer, entry: Entry): Promise<void> => writeEntry(writer, entry, now()),
    page: ({
      before,
      kind,
      about,
      communityId,
    }: RegisterFilter): Promise<Result<RegisterPage, Unavailable>> =>
      attempt(database, async () => {
        const actor = aliasedTable(people, 'actor');
        const subject = aliasedTable(people, 'subject');
        const of = registerEntries;
        const rows = await orm
          .select({
            id: of.id,
            kind: of.kind,
            actor: actor.name,
            subject: subject.name,
            community: communities.name,
            meeting: meetings.title,
            at: of.at,
          })
          .from(of)
          .leftJoin(actor, eq(actor.id, of.actorId))
          .leftJoin(subject, eq(subject.id, of.subjectId))
          .leftJoin(communities, eq(communities.id, of.communityId))
          .leftJoin(meetings, eq(meetings.meetingId, of.meetingId))
          .where(
            and(
              before === undefined ? undefined : lt(of.id, before),
              kind && eq(of.kind, kind),
              communityId === undefined ? undefined : eq(of.communityId, communityId),
              about === undefined ? undefined : or(eq(of.actorId, about), eq(of.subjectId, about)),
            ),
          )
          .orderBy(desc(of.id))
          .limit(PAGE + 1);
        const lines = rows
          .slice(0, PAGE)
          .map((line) => ({ ...line, kind: registerKind.parse(line.kind), at: line.at.getTime() }));
        return { lines, next: rows.length > PAGE ? (lines.at(-1)?.id ?? null) : null };
      }),
  };
}
