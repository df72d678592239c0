import { communities, communityRequests, memberships, people, photos, type Database } from '@relais/db';
import { and, asc, count, eq } from 'drizzle-orm';
import type { Changed, MembershipStore } from '../ports/community-store.ts';
import { createAttempt } from './attempt-query.ts';
import { findMembers } from './find-members.ts';
import { writeEntry } from './register-rows.ts';

type Orm = Database['orm'];
type Tx = Parameters<Parameters<Orm['transaction']>[0]>[0];

export function createPostgresMembershipStore({ orm, logger }: Database): MembershipStore {
  const attempt = createAttempt(logger, 'members');

  return {
    joinOpen: (communityId, { personId, lang, at }) =>
      attempt(() =>
        orm.transaction(async (tx) => {
          if ((await joiningOf(tx, communityId)) !== 'open') return false;
          await addMember(tx, { communityId, personId, lang, role: 'member', since: new Date(at) });
          return true;
        }),
      ),
    setRole: (communityId, { personId, role }, by) =>
      attempt(() =>
        changing(orm, { communityId, personId, stays: role === 'coordinator' }, async (tx) => {
          await tx.update(memberships).set({ role }).where(isMember(communityId, personId));
          const entry = { actorId: by.actorId, subjectId: personId, communityId };
          await writeEntry(tx, { kind: 'roleChanged', ...entry }, by.at);
        }),
      ),
    remove: (communityId, personId, by) =>
      attempt(() =>
        changing(orm, { communityId, personId, stays: false }, async (tx) => {
          await tx.delete(memberships).where(isMember(communityId, personId));
          const kind = by.actorId === personId ? 'communityLeft' : 'memberRemoved';
          await writeEntry(tx, { kind, actorId: by.actorId, subjectId: personId, communityId }, by.at);
        }),
      ),
    coordinators: (communityId, most) =>
      attempt(() =>
        orm
          .select({ personId: people.id, email: people.email, name: people.name, lang: memberships.lang })
          .from(memberships)
          .innerJoin(people, eq(people.id, memberships.personId))
          .where(and(eq(memberships.communityId, communityId), eq(memberships.role, 'coordinator')))
          .orderBy(asc(memberships.since), asc(people.id))
          .limit(most),
      ),
    members: (communityId, query) => attempt(() => findMembers(orm, communityId, query)),
    photo: (communityId, { personId, version }) =>
      attempt(async () => {
        const [found] = await orm
          .select({ image: photos.image })
          .from(photos)
          .innerJoin(memberships, eq(memberships.personId, photos.personId))
          .where(
            and(isMember(communityId, personId), eq(photos.personId, personId), eq(photos.version, version)),
          );
        // A copy: the driver's bytes lie in a buffer that it may use again.
        return found && Uint8Array.from(found.image);
      }),
    request: (communityId, { personId, word, lang, at }) =>
      attempt(() =>
        orm.transaction(async (tx) => {
          if ((await joiningOf(tx, communityId)) !== 'request') return undefined;
          const row = { communityId, personId, word, lang, at: new Date(at) };
          const written = await tx
            .insert(communityRequests)
            .values(row)
            .onConflictDoNothing()
            .returning({ personId: communityRequests.personId });
          if (written.length > 0) return 'first' as const;
          await tx.update(communityRequests).set({ word, lang }).where(isAsking(communityId, personId));
          return 'again' as const;
        }),
      ),
    withdraw: (communityId, personId) =>
      attempt(async () => {
        await orm.delete(communityRequests).where(isAsking(communityId, personId));
      }),
    requests: (communityId, most) =>
      attempt(async () => {
        const found = await orm
          .select({
            personId: people.id,
            name: people.name,
            email: people.email,
            organisation: people.organisation,
            territory: people.territory,
            word: communityRequests.word,
            at: communityRequests.at,
          })
          .from(communityRequests)
          .innerJoin(people, eq(people.id, communityRequests.personId))
          .where(eq(communityRequests.communityId, communityId))
          .orderBy(asc(communityRequests.at), asc(people.id))
          .limit(most);
        return found.map((request) => ({ ...request, at: request.at.getTime() }));
      }),
    decide: (communityId, { personId, accept, by }) =>
      attempt(() =>
        orm.transaction(async (tx) => {
          const [asked] = await tx
            .delete(communityRequests)
            .where(isAsking(communityId, personId))
            .returning({ lang: communityRequests.lang });
          if (!asked) return undefined;
          const { lang } = asked;
          if (accept)
            await addMember(tx, { communityId, personId, lang, role: 'member', since: new Date(by.at) });
          const kind = accept ? 'requestAccepted' : 'requestDeclined';
          await writeEntry(tx, { kind, actorId: by.actorId, subjectId: personId, communityId }, by.at);
          const [who] = await tx
            .select({ email: people.email, name: people.name })
            .from(people)
            .where(eq(people.id, personId));
          return who && { personId, lang, ...who };
        }),
      ),
  };
}

/** Whoever is in already stays what they are; what they asked for is answered by it. */
export async function addMember(tx: Tx, member: typeof memberships.$inferInsert): Promise<void> {
  const { communityId, personId } = member;
  const added = await tx.insert(memberships).values(member).onConflictDoNothing();
  await tx.delete(communityRequests).where(isAsking(communityId, personId));
  if ((added.rowCount ?? 0) === 0) return;
  // That others find them in the directory is what they agreed to, by asking, accepting or joining.
  const entry = { actorId: personId, subjectId: personId, communityId };
  await writeEntry(tx, { kind: 'communityJoined', ...entry }, member.since.getTime());
}

const isMember = (communityId: string, personId: string) =>
  and(eq(memberships.communityId, communityId), eq(memberships.personId, personId));
const isAsking = (communityId: string, personId: string) =>
  and(eq(communityRequests.communityId, communityId), eq(communityRequests.personId, personId));

/** As it is while the transaction lasts. */
async function joiningOf(tx: Tx, communityId: string) {
  const [found] = await tx
    .select({ joining: communities.joining })
    .from(communities)
    .where(eq(communities.id, communityId))
    .for('share');
  return found?.joining;
}

/** [COMM-4] One after another for each community: of two coordinators who stop at once, the second is the last one. */
function changing(
  orm: Orm,
  { communityId, personId, stays }: { communityId: string; personId: string; stays: boolean },
  change: (tx: Tx) => Promise<unknown>,
): Promise<Changed> {
  return orm.transaction(async (tx) => {
    await tx.select().from(communities).where(eq(communities.id, communityId)).for('update');
    const [member] = await tx.select().from(memberships).where(isMember(communityId, personId));
    if (!member) return 'unknown';
    if (member.role === 'coordinator' && !stays && (await coordinatorsOf(tx, communityId)) < 2)
      return 'lastCoordinator';
    await change(tx);
    return 'changed';
  });
}

export async function coordinatorsOf(tx: Tx, communityId: string): Promise<number> {
  const [found] = await tx
    .select({ n: count() })
    .from(memberships)
    .where(and(eq(memberships.communityId, communityId), eq(memberships.role, 'coordinator')));
  return found?.n ?? 0;
}
