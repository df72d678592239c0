import { may, type HttpRoute } from '@relais/domain';
import { fail, ok, type Result } from '@relais/kit';
import type { CommunityRefusal, CommunityRole } from '@relais/protocol/communities';
import type { Asker, Community, CommunityStore } from '../../ports/community-store.ts';

export type Answer<T> = Promise<Result<T, CommunityRefusal>>;

/** Who asks, of which community, and what they are in it. */
export interface Admitted {
  asker: Asker;
  community: Community;
  role: CommunityRole | undefined;
}

/** Asks the table of rights before anything of a community is looked at. */
export interface Concierge {
  /** What concerns no one community. */
  admit(personId: string, route: HttpRoute): Answer<Asker>;
  /**
   * [COMM-2] What concerns one community: to who is not a member what is its members' own is answered like a community that is
   * not there; a member is told that it is not theirs to do.
   */
  admitTo(slug: string, personId: string, route: HttpRoute): Answer<Admitted>;
}

export function createConcierge(store: Pick<CommunityStore, 'asker' | 'find' | 'roleIn'>): Concierge {
  async function asking(personId: string): Answer<Asker> {
    const found = await store.asker(personId);
    if (!found.ok) return found;
    return found.value ? ok(found.value) : fail({ kind: 'notSignedIn' });
  }
  const ofSite = ({ isAdministrator }: Asker, route: HttpRoute) =>
    may('person', route) || (isAdministrator && may('administrator', route));

  return {
    async admit(personId, route) {
      const asker = await asking(personId);
      if (!asker.ok) return asker;
      return ofSite(asker.value, route) ? asker : fail({ kind: 'notAllowed' });
    },
    async admitTo(slug, personId, route) {
      const [asker, community] = await Promise.all([asking(personId), store.find(slug)]);
      if (!asker.ok) return asker;
      if (!community.ok) return community;
      if (!community.value) return fail({ kind: 'unknownId' });
      const role = await store.roleIn(community.value.communityId, personId);
      if (!role.ok) return role;
      const isAllowed = ofSite(asker.value, route) || (role.value && may(role.value, route));
      if (!isAllowed) return fail({ kind: role.value ? 'notAllowed' : 'unknownId' });
      return ok({ asker: asker.value, community: community.value, role: role.value });
    },
  };
}
