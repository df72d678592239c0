import { randomBytes } from 'node:crypto';
import { communities, people, registerEntries, type Database } from '@relais/db';
import type { Result } from '@relais/kit';
import { registerKind, type RegisterKind, type RegisterPage } from '@relais/protocol/privacy';
import { aliasedTable, and, desc, eq, lt, or } from 'drizzle-orm';
import { attempt, type Unavailable } from './attempt.ts';

export interface Entry {
  kind: RegisterKind;
  /** Nobody: the hub by itself. */
  actorId?: string;
  subjectId?: string;
  communityId?: string;
  meetingId?: string;
}

export interface RegisterFilter {
  before?: string | undefined;
  kind?: RegisterKind | undefined;
  /** What they did, and what was done to them. */
  about?: string;
}

export type Register = ReturnType<typeof createRegister>;
/** The database, or a transaction of it. */
export type Writer = Pick<Database['orm'], 'insert'>;

const PAGE = 50;

/** [PRIV-6] The register: written in one place, with the act that it tells of where that is in the database. */
export function createRegister(database: Database, now: () => number) {
  const { orm } = database;
  const row = (entry: Entry) => {
    const at = now();
    return { id: risingId(at), at: new Date(at), ...entry };
  };
  return {
    write: (entry: Entry): Promise<Result<void, Unavailable>> =>
      attempt(database, async () => {
        await orm.insert(registerEntries).values(row(entry));
      }),
    writeWith: async (writer: Writer, entry: Entry): Promise<void> => {
      await writer.insert(registerEntries).values(row(entry));
    },
    page: ({ before, kind, about }: RegisterFilter): Promise<Result<RegisterPage, Unavailable>> =>
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
            at: of.at,
          })
          .from(of)
          .leftJoin(actor, eq(actor.id, of.actorId))
          .leftJoin(subject, eq(subject.id, of.subjectId))
          .leftJoin(communities, eq(communities.id, of.communityId))
          .where(
            and(
              before === undefined ? undefined : lt(of.id, before),
              kind && eq(of.kind, kind),
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

/** A UUID of version 7: of two, the later is the greater. */
function risingId(at: number): string {
  const hex = at.toString(16).padStart(12, '0') + '7' + randomBytes(10).toString('hex').slice(0, 19);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
