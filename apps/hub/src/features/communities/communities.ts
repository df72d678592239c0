import type { Database } from '@relais/db';
import { createPostgresCommunityStore } from '../../adapters/postgres-community-store.ts';
import type { CommunityStore } from '../../ports/community-store.ts';

/** Communities of practice: who is in them, and what they are there. */
export interface Communities {
  /** By the address of its page. */
  find: CommunityStore['find'];
  /** [COMM-3] What somebody is in a community; undefined: not a member, or no such community. */
  roleIn: CommunityStore['roleIn'];
  /** Those of which somebody is a member, with their role there. */
  ofPerson: CommunityStore['ofPerson'];
}

export function createCommunities({ database }: { database: Database }): Communities {
  const store = createPostgresCommunityStore(database);
  return {
    find: (slug) => store.find(slug),
    roleIn: (communityId, personId) => store.roleIn(communityId, personId),
    ofPerson: (personId) => store.ofPerson(personId),
  };
}
