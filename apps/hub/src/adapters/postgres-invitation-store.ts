import {
  communities,
  communityInvitations,
  credentials,
  memberships,
  people,
  sessions,
  type Database,
} from '@relais/db';
import { and, count, desc, eq, gt, inArray, lt, notExists, sql } from 'drizzle-orm';
import type { Asker, Lang } from '../ports/community-store.ts';
import type {
  Accepted,
  ImportedPerson,
  Invited,
  InvitationStore,
  Inviting,
  Known,
  NewInvitation,
} from '../ports/invitation-store.ts';
import { createAttempt } from './attempt-query.ts';
import { addMember, coordinatorsOf } from './postgres-membership-store.ts';
import { writeEntry } from './register-rows.ts';

type Orm = Database['orm'];
type Tx = Parameters<Parameters<Orm['transaction']>[0]>[0];

export function createPostgresInvitationStore({ orm, logger }: Database): InvitationStore {
  const attempt = createAttempt(logger, 'invitations');
  const isGood = (at: number) => gt(communityInvitations.expiresAt, new Date(at));

  return {
    invite: (by, invitations, most) => attempt(() => invite(orm, by, invitations, most)),
    nameCoordinator: (by, coordinator) => attempt(() => nameCoordinator(orm, by, coordinator)),
    list: (communityId, { at, most }) =>
      attempt(async () => {
        const found = await orm
          .select({ invitation: communityInvitations, invitedBy: people.name })
          .from(communityInvitations)
          .leftJoin(people, eq(people.id, communityInvitations.invitedBy))
          .where(and(eq(communityInvitations.communityId, communityId), isGood(at)))
          .orderBy(desc(communityInvitations.createdAt), desc(communityInvitations.id))
          .limit(most);
        return found.map(({ invitation: { id, email, role, createdAt, expiresAt }, invitedBy }) => ({
          invitationId: id,
          email,
          role,
          invitedBy,
          createdAt: createdAt.getTime(),
          expiresAt: expiresAt.getTime(),
        }));
      }),
    revoke: (communityId, invitationId, by) =>
      attempt(() =>
        orm.transaction(async (tx) => {
          const gone = await tx
            .delete(communityInvitations)
            .where(
              and(
                eq(communityInvitations.communityId, communityId),
                eq(communityInvitations.id, invitationId),
              ),
            );
          if ((gone.rowCount ?? 0) === 0) return false;
          await writeEntry(tx, { kind: 'invitationRevoked', actorId: by.actorId, communityId }, by.at);
          return true;
        }),
      ),
    look: (invitationId, at) =>
      attempt(async () => {
        const [found] = await orm
          .select({
            slug: communities.slug,
            name: communities.name,
            description: communities.description,
            role: communityInvitations.role,
            invitedBy: people.name,
            email: communityInvitations.email,
          })
          .from(communityInvitations)
          .innerJoin(communities, eq(communities.id, communityInvitations.communityId))
          .leftJoin(people, eq(people.id, communityInvitations.invitedBy))
          .where(and(eq(communityInvitations.id, invitationId), isGood(at)));
        return found;
      }),
    accept: (invitationId, by, how) => attempt(() => accept(orm, { invitationId, by, ...how })),
    findFor: (communityId, email, at) =>
      attempt(async () => {
        const [found] = await orm
          .select({ id: communityInvitations.id })
          .from(communityInvitations)
          .where(
            and(
              eq(communityInvitations.communityId, communityId),
              eq(communityInvitations.email, email),
              isGood(at),
            ),
          );
        return found?.id;
      }),
    known: (communityId, emails, at) =>
      attempt(() => orm.transaction((tx) => known(tx, communityId, emails, at))),
    importPeople: (by, people, most) => attempt(() => importPeople(orm, by, people, most)),
    forgetExpired: (at) => attempt(() => forgetExpired(orm, at)),
  };
}

/** Accounts that were made by an import are older than their invitations were good for, and nobody proved the address. */
const UNUSED_AFTER_MS = 31 * 86_400_000;

/** Invitations of one community are written one order after another. */
const lock = (tx: Tx, communityId: string) =>
  tx.select().from(communities).where(eq(communities.id, communityId)).for('update');

function invite(orm: Orm, by: Inviting, invitations: NewInvitation[], most: number) {
  return orm.transaction(async (tx): Promise<Invited | 'full'> => {
    await lock(tx, by.communityId);
    const addresses = invitations.flatMap(({ email }) => email ?? []);
    const members = new Set(await membersAmong(tx, by.communityId, addresses));
    const written = invitations.filter(({ email }) => email === undefined || !members.has(email));
    const [there] = await tx
      .select({ n: count() })
      .from(communityInvitations)
      .where(eq(communityInvitations.communityId, by.communityId));
    if ((there?.n ?? 0) + written.length > most) return 'full';
    await replace(tx, by, written);
    const kind = addresses.length > 0 ? 'invitationsSent' : 'invitationLinkMade';
    if (written.length > 0) await writeEntry(tx, { kind, ...doneBy(by) }, by.at);
    return { written, alreadyMembers: addresses.filter((email) => members.has(email)) };
  });
}

/** Who is a member already, or names themselves, is coordinator at once; anybody else is invited. */
function nameCoordinator(
  orm: Orm,
  by: Inviting,
  { by: asker, ...invitation }: NewInvitation & { email: string; by: Asker },
) {
  const { communityId, lang, at } = by;
  return orm.transaction(async (tx): Promise<'named' | 'invited' | 'taken'> => {
    await lock(tx, communityId);
    if ((await coordinatorsOf(tx, communityId)) > 0) return 'taken';
    if (asker.email === invitation.email && asker.emailVerified && asker.name !== '')
      await addMember(tx, {
        communityId,
        personId: asker.personId,
        role: 'member',
        lang,
        since: new Date(at),
      });
    const raised = await tx
      .update(memberships)
      .set({ role: 'coordinator' })
      .where(
        and(
          eq(memberships.communityId, communityId),
          inArray(
            memberships.personId,
            tx.select({ id: people.id }).from(people).where(eq(people.email, invitation.email)),
          ),
        ),
      );
    await writeEntry(tx, { kind: 'coordinatorNamed', ...doneBy(by) }, by.at);
    if ((raised.rowCount ?? 0) > 0) return 'named';
    await replace(tx, by, [invitation]);
    return 'invited';
  });
}

const doneBy = ({ communityId, invitedBy: actorId }: Inviting) => ({ communityId, actorId });

async function membersAmong(tx: Tx, communityId: string, emails: readonly string[]): Promise<string[]> {
  if (emails.length === 0) return [];
  const found = await tx
    .select({ email: people.email })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(and(eq(memberships.communityId, communityId), inArray(people.email, [...emails])));
  return found.map(({ email }) => email);
}

/** What an address had before is not good any more. */
async function replace(tx: Tx, by: Inviting, invitations: NewInvitation[]): Promise<void> {
  if (invitations.length === 0) return;
  const { communityId, invitedBy, lang, at, expiresAt } = by;
  const emails = invitations.flatMap(({ email }) => email ?? []);
  if (emails.length > 0)
    await tx
      .delete(communityInvitations)
      .where(
        and(eq(communityInvitations.communityId, communityId), inArray(communityInvitations.email, emails)),
      );
  const stamps = { createdAt: new Date(at), expiresAt: new Date(expiresAt) };
  await tx.insert(communityInvitations).values(
    invitations.map(({ invitationId, email, role }) => ({
      id: invitationId,
      communityId,
      email: email ?? null,
      role,
      lang,
      invitedBy,
      ...stamps,
    })),
  );
}

function accept(
  orm: Orm,
  { invitationId, by, lang, at }: { invitationId: string; by: Asker; lang: Lang; at: number },
): Promise<Accepted> {
  return orm.transaction(async (tx) => {
    const [found] = await tx
      .select({ invitation: communityInvitations, slug: communities.slug })
      .from(communityInvitations)
      .innerJoin(communities, eq(communities.id, communityInvitations.communityId))
      .where(and(eq(communityInvitations.id, invitationId), gt(communityInvitations.expiresAt, new Date(at))))
      // Not while it is revoked, and not twice at once.
      .for('update', { of: communityInvitations });
    if (!found) return 'linkInvalid';
    const { communityId, email, role } = found.invitation;
    if (email !== null && (email !== by.email || !by.emailVerified)) return 'otherAddress';
    if (by.name === '') return 'nameMissing';
    await addMember(tx, { communityId, personId: by.personId, role, lang, since: new Date(at) });
    if (email !== null)
      await tx.delete(communityInvitations).where(eq(communityInvitations.id, invitationId));
    return { slug: found.slug };
  });
}

async function known(tx: Tx, communityId: string, emails: readonly string[], at: number): Promise<Known> {
  if (emails.length === 0) return { members: new Set(), invited: new Map() };
  const members = await membersAmong(tx, communityId, emails);
  const { id, email, expiresAt } = communityInvitations;
  const found = await tx
    .select({ id, email, expiresAt })
    .from(communityInvitations)
    .where(
      and(
        eq(communityInvitations.communityId, communityId),
        inArray(email, [...emails]),
        gt(expiresAt, new Date(at)),
      ),
    );
  const invited = found.map(
    (one) => [one.email ?? '', { invitationId: one.id, expiresAt: one.expiresAt.getTime() }] as const,
  );
  return { members: new Set(members), invited: new Map(invited) };
}

function importPeople(orm: Orm, by: Inviting, imported: readonly ImportedPerson[], most: number) {
  const stamps = { createdAt: new Date(by.at), updatedAt: new Date(by.at) };
  return orm.transaction(async (tx): Promise<Known | 'full'> => {
    await lock(tx, by.communityId);
    const before = await known(
      tx,
      by.communityId,
      imported.map(({ email }) => email),
      by.at,
    );
    const added = imported.filter(({ email }) => !before.members.has(email) && !before.invited.has(email));
    const there = await tx.$count(communityInvitations, eq(communityInvitations.communityId, by.communityId));
    if (there + added.length > most) return 'full';
    if (added.length > 0)
      await tx
        .insert(people)
        .values(
          added.map(({ personId, email, profile }) => ({
            id: personId,
            email,
            emailVerified: false,
            ...profile,
            ...stamps,
          })),
        )
        // Whoever has an account has said of themselves what they wanted to.
        .onConflictDoNothing({ target: people.email });
    await replace(tx, by, added);
    await writeEntry(tx, { kind: 'membersImported', ...doneBy(by) }, by.at);
    return before;
  });
}

async function forgetExpired(orm: Orm, at: number): Promise<void> {
  await orm.delete(communityInvitations).where(lt(communityInvitations.expiresAt, new Date(at)));
  const nothingOf = (table: typeof sessions | typeof credentials | typeof memberships) =>
    notExists(
      orm
        .select({ one: sql`1` })
        .from(table)
        .where(eq(table.personId, people.id)),
    );
  const notInvited = notExists(
    orm
      .select({ one: sql`1` })
      .from(communityInvitations)
      .where(eq(communityInvitations.email, people.email)),
  );
  await orm
    .delete(people)
    .where(
      and(
        eq(people.emailVerified, false),
        lt(people.createdAt, new Date(at - UNUSED_AFTER_MS)),
        nothingOf(sessions),
        nothingOf(credentials),
        nothingOf(memberships),
        notInvited,
      ),
    );
}
