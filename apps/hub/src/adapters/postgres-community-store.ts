import {
  communities,
  COMMUNITY_SLUG_CONSTRAINT,
  communityInvitations,
  communityRequests,
  databaseFailure,
  memberships,
  people,
  type Database,
} from '@relais/db';
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { Asker, Community, CommunityStore, NewCommunity } from '../ports/community-store.ts';
import { createAttempt } from './attempt-query.ts';
import { writeEntry } from './register-rows.ts';

export function createPostgresCommunityStore({ orm, logger }: Database): CommunityStore {
  const attempt = createAttempt(logger, 'communities');

  async function create({ communityId, slug, at, madeBy, ...settings }: NewCommunity & { madeBy: string }) {
    const stamps = { createdAt: new Date(at), updatedAt: new Date(at) };
    try {
      await orm.transaction(async (tx) => {
        await tx.insert(communities).values({ id: communityId, slug, ...settings, ...stamps });
        await writeEntry(tx, { kind: 'communityMade', actorId: madeBy, communityId }, at);
      });
      return 'created' as const;
    } catch (error) {
      const failure = databaseFailure(error);
      if (failure.kind === 'notUnique' && failure.constraint === COMMUNITY_SLUG_CONSTRAINT)
        return 'slugTaken' as const;
      throw error;
    }
  }

  return {
    find: (slug) =>
      attempt(async () => {
        const [found] = await orm.select().from(communities).where(eq(communities.slug, slug)).limit(1);
        return found && toCommunity(found);
      }),
    roleIn: (communityId, personId) =>
      attempt(async () => {
        const [found] = await orm
          .select({ role: memberships.role })
          .from(memberships)
          .where(and(eq(memberships.communityId, communityId), eq(memberships.personId, personId)))
          .limit(1);
        return found?.role;
      }),
    ofPerson: (personId) =>
      attempt(async () => {
        const found = await orm
          .select({ community: communities, role: memberships.role })
          .from(memberships)
          .innerJoin(communities, eq(communities.id, memberships.communityId))
          .where(eq(memberships.personId, personId))
          .orderBy(asc(communities.name), asc(communities.id));
        return found.map(({ community, role }) => ({ ...toCommunity(community), role }));
      }),
    asker: (personId) =>
      attempt(async () => {
        const [found] = await orm
          .select({
            personId: people.id,
            name: people.name,
            email: people.email,
            emailVerified: people.emailVerified,
            isAdministrator: people.isAdministrator,
          })
          .from(people)
          .where(eq(people.id, personId))
          .limit(1);
        return found;
      }),
    views: (asker, of) => attempt(() => views(orm, asker, of)),
    count: () => attempt(() => orm.$count(communities)),
    create: (community) => attempt(() => create(community)),
    save: (communityId, settings, { actorId, at }) =>
      attempt(() =>
        orm.transaction(async (tx) => {
          await tx
            .update(communities)
            .set({ ...settings, updatedAt: new Date(at) })
            .where(eq(communities.id, communityId));
          await writeEntry(tx, { kind: 'communityChanged', actorId, communityId }, at);
        }),
      ),
  };
}

async function views(
  orm: Database['orm'],
  { personId, email, emailVerified }: Asker,
  { slug, at, most }: { slug?: string; at: number; most: number },
) {
  const counted = orm.$count(memberships, eq(memberships.communityId, communities.id));
  const coordinators = orm.$count(
    memberships,
    and(eq(memberships.communityId, communities.id), eq(memberships.role, 'coordinator')),
  );
  const invitations = orm.$count(
    communityInvitations,
    and(
      eq(communityInvitations.communityId, communities.id),
      eq(communityInvitations.email, email),
      gt(communityInvitations.expiresAt, new Date(at)),
    ),
  );
  const found = await orm
    .select({
      community: communities,
      role: memberships.role,
      requestedAt: communityRequests.at,
      members: sql<number>`${counted}`.mapWith(Number),
      coordinators: sql<number>`${coordinators}`.mapWith(Number),
      invitations: sql<number>`${invitations}`.mapWith(Number),
    })
    .from(communities)
    .leftJoin(
      memberships,
      and(eq(memberships.communityId, communities.id), eq(memberships.personId, personId)),
    )
    .leftJoin(
      communityRequests,
      and(eq(communityRequests.communityId, communities.id), eq(communityRequests.personId, personId)),
    )
    .where(slug === undefined ? undefined : eq(communities.slug, slug))
    .orderBy(asc(communities.name), asc(communities.id))
    .limit(most);
  return found.map(({ community, role, requestedAt, members, ...counts }) => ({
    slug: community.slug,
    name: community.name,
    description: community.description,
    joining: community.joining,
    members,
    hasCoordinator: counts.coordinators > 0,
    mine: {
      role,
      requested: requestedAt !== null,
      invited: emailVerified && role === null && counts.invitations > 0,
    },
  }));
}

function toCommunity({ id, slug, name, description, joining }: typeof communities.$inferSelect): Community {
  return { communityId: id, slug, name, description, joining };
}
