import type { Result } from '@relais/kit';
import type { CommunityRole } from '@relais/protocol/communities';
import type { Unavailable } from './people-store.ts';

export type Stored<T> = Promise<Result<T, Unavailable>>;

export interface Community {
  communityId: string;
  slug: string;
  name: string;
  description: string;
  joining: 'invitation' | 'request' | 'open';
}

/** What is kept of communities and of who is in them. */
export interface CommunityStore {
  find(slug: string): Stored<Community | undefined>;
  /** Undefined: not a member, or no such community. */
  roleIn(communityId: string, personId: string): Stored<CommunityRole | undefined>;
  /** Those of which somebody is a member, by name. */
  ofPerson(personId: string): Stored<(Community & { role: CommunityRole })[]>;
}
