import { credentials, databaseFailure, people, photos, proofs, sessions, type Database } from '@relais/db';
import { fail, ok, type Result } from '@relais/kit';
import type { PersonId } from '@relais/protocol';
import { and, desc, eq, gt, inArray, lt, ne, sql } from 'drizzle-orm';
import { writeEntry } from './register-rows.ts';
import type { Account, FirstPerson, PeopleStore, Unavailable } from '../ports/people-store.ts';

/** Any number that no other lock of this program has: "first" in ASCII. */
const FIRST_LOCK = 0x6669727374;
const PASSWORD = 'credential';

export function createPostgresPeopleStore({ orm, logger }: Database): PeopleStore {
  async function attempt<T>(query: () => Promise<T>): Promise<Result<T, Unavailable>> {
    try {
      return ok(await query());
    } catch (error) {
      const failure = databaseFailure(error);
      if (failure.kind !== 'unavailable') throw error;
      logger.warn({ reason: failure.reason }, 'people are unavailable');
      return fail({ kind: 'unavailable' });
    }
  }
  const done = async (query: () => Promise<unknown>) => {
    const result = await attempt(query);
    return result.ok ? ok(undefined) : result;
  };

  return {
    async find(personId) {
      const found = await attempt(() =>
        orm
          .select({ person: people, photo: photos.version, password: credentials.id })
          .from(people)
          .leftJoin(photos, eq(photos.personId, people.id))
          .leftJoin(
            credentials,
            and(eq(credentials.personId, people.id), eq(credentials.providerId, PASSWORD)),
          )
          .where(eq(people.id, personId))
          .limit(1),
      );
      return found.ok ? ok(found.value[0] && toAccount(found.value[0])) : found;
    },
    async emailsOf(personIds) {
      const found = await attempt(() =>
        orm
          .select({ personId: people.id, email: people.email })
          .from(people)
          .where(and(inArray(people.id, [...personIds]), eq(people.emailVerified, true))),
      );
      return found.ok
        ? ok(new Map(found.value.map(({ personId, email }) => [personId as PersonId, email])))
        : found;
    },
    saveProfile: (personId, profile, at) =>
      done(() =>
        orm
          .update(people)
          .set({ ...profile, updatedAt: new Date(at) })
          .where(eq(people.id, personId)),
      ),
    async sessions(personId, at) {
      const found = await attempt(() =>
        orm
          .select()
          .from(sessions)
          .where(and(eq(sessions.personId, personId), gt(sessions.expiresAt, new Date(at))))
          .orderBy(desc(sessions.updatedAt))
          .limit(100),
      );
      if (!found.ok) return found;
      return ok(
        found.value.map(({ id, userAgent, createdAt, updatedAt }) => ({
          sessionId: id,
          userAgent: userAgent ?? '',
          since: createdAt.getTime(),
          lastUse: updatedAt.getTime(),
        })),
      );
    },
    async endSession(personId, sessionId) {
      const ended = await attempt(() =>
        orm.delete(sessions).where(and(eq(sessions.personId, personId), eq(sessions.id, sessionId))),
      );
      return ended.ok ? ok((ended.value.rowCount ?? 0) > 0) : ended;
    },
    endOtherSessions: (personId, sessionId) =>
      done(() =>
        orm.delete(sessions).where(and(eq(sessions.personId, personId), ne(sessions.id, sessionId))),
      ),
    async photo(personId, version) {
      const found = await attempt(() =>
        orm
          .select({ image: photos.image })
          .from(photos)
          .where(and(eq(photos.personId, personId), eq(photos.version, version))),
      );
      // A copy: the driver's bytes lie in a buffer that it may use again.
      return found.ok ? ok(found.value[0] && Uint8Array.from(found.value[0].image)) : found;
    },
    savePhoto(personId, { version, image, at }) {
      const photo = { version, image, at: new Date(at) };
      return done(() =>
        orm
          .insert(photos)
          .values({ personId, ...photo })
          .onConflictDoUpdate({ target: photos.personId, set: photo }),
      );
    },
    removePhoto: (personId) => done(() => orm.delete(photos).where(eq(photos.personId, personId))),
    async hasAdministrator() {
      const found = await attempt(() =>
        orm.select({ id: people.id }).from(people).where(eq(people.isAdministrator, true)).limit(1),
      );
      return found.ok ? ok(found.value.length > 0) : found;
    },
    createFirst: (first) => attempt(() => createFirst(orm, first)),
    forgetExpired: (at) =>
      done(async () => {
        await orm.delete(sessions).where(lt(sessions.expiresAt, new Date(at)));
        await orm.delete(proofs).where(lt(proofs.expiresAt, new Date(at)));
      }),
  };
}

async function createFirst(orm: Database['orm'], first: FirstPerson): Promise<boolean> {
  const at = new Date(first.at);
  const stamps = { createdAt: at, updatedAt: at };
  return orm.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${FIRST_LOCK})`);
    const [there] = await tx
      .select({ id: people.id })
      .from(people)
      .where(eq(people.isAdministrator, true))
      .limit(1);
    if (there) return false;
    const made = { email: first.email, name: first.name, emailVerified: true, isAdministrator: true };
    const [person] = await tx
      .insert(people)
      .values({ id: first.personId, ...made, ...stamps })
      .onConflictDoUpdate({ target: people.email, set: { ...made, updatedAt: at } })
      .returning({ id: people.id });
    if (!person) throw new Error('the first administrator was not written');
    await tx.delete(sessions).where(eq(sessions.personId, person.id));
    await tx.delete(credentials).where(eq(credentials.personId, person.id));
    await tx.insert(credentials).values({
      id: first.personId,
      personId: person.id,
      providerId: PASSWORD,
      accountId: person.id,
      password: first.passwordHash,
      ...stamps,
    });
    await writeEntry(tx, { kind: 'administratorMade', subjectId: person.id }, first.at);
    return true;
  });
}

function toAccount(row: {
  person: typeof people.$inferSelect;
  photo: string | null;
  password: string | null;
}): Account {
  const { id, email, isAdministrator, name, organisation, territory, languages, offers, seeks } = row.person;
  return {
    personId: id,
    email,
    isAdministrator,
    hasPassword: row.password !== null,
    photo: row.photo,
    profile: { name, organisation, territory, languages, offers, seeks },
  };
}
