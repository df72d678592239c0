import { communities, databaseFailure, memberships, type Database } from '@relais/db';
import { fail, ok, type Result } from '@relais/kit';
import { and, asc, eq } from 'drizzle-orm';
import type { Community, CommunityStore } from '../ports/community-store.ts';
import type { Unavailable } from '../ports/people-store.ts';

export function createPostgresCommunityStore({ orm, logger }: Database): CommunityStore {
  async function attempt<T>(query: () => Promise<T>): Promise<Result<T, Unavailable>> {
    try {
      return ok(await query());
    } catch (error) {
      const failure = databaseFailure(error);
      if (failure.kind !== 'unavailable') throw error;
      logger.warn({ reason: failure.reason }, 'communities are unavailable');
      return fail({ kind: 'unavailable' });
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
  };
}

function toCommunity({ id, slug, name, description, joining }: typeof communities.$inferSelect): Community {
  return { communityId: id, slug, name, description, joining };
}
