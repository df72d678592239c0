import type { Result } from '@relais/kit';
import type {
  CommunityRole,
  CommunitySettings,
  CommunityView,
  DirectoryQuery,
  RequestView,
} from '@relais/protocol/communities';
import type { Act } from '../adapters/register-rows.ts';
import type { Unavailable } from './people-store.ts';

export type Stored<T> = Promise<Result<T, Unavailable>>;
export type Lang = 'fr' | 'en';

export interface Community {
  communityId: string;
  slug: string;
  name: string;
  description: string;
  joining: 'invitation' | 'request' | 'open';
}

/** Somebody who is signed in, as communities need to know them. */
export interface Asker {
  personId: string;
  name: string;
  email: string;
  /** Whether they proved that the address is theirs: an invitation by email is good for that alone. */
  emailVerified: boolean;
  isAdministrator: boolean;
}

export interface NewCommunity extends CommunitySettings {
  communityId: string;
  slug: string;
  at: number;
}

/** Where a page of the directory goes on: behind the last name of the one before, as it is sorted. */
export interface DirectoryCursor {
  name: string;
  personId: string;
}

export interface FoundMember {
  personId: string;
  email: string;
  name: string;
  organisation: string;
  territory: string;
  languages: string[];
  offers: string;
  seeks: string;
  photo: string | null;
  role: CommunityRole;
  since: number;
}

export interface FoundMembers {
  members: FoundMember[];
  total: number;
  next: DirectoryCursor | undefined;
}

/** Whom to write to, in their language. */
export interface Addressee {
  personId: string;
  email: string;
  name: string;
  lang: Lang;
}

export type Changed = 'changed' | 'unknown' | 'lastCoordinator';

/** What is kept of communities and of who is in them. */
export interface CommunityStore {
  find(slug: string): Stored<Community | undefined>;
  /** Undefined: not a member, or no such community. */
  roleIn(communityId: string, personId: string): Stored<CommunityRole | undefined>;
  /** Those of which somebody is a member, by name. */
  ofPerson(personId: string): Stored<(Community & { role: CommunityRole })[]>;
  asker(personId: string): Stored<Asker | undefined>;
  /** As they show to somebody, by name; `slug`: that one alone. */
  views(asker: Asker, of: { slug?: string; at: number; most: number }): Stored<CommunityView[]>;
  count(): Stored<number>;
  /** `slugTaken`: nothing was written. */
  create(community: NewCommunity & { madeBy: string }): Stored<'created' | 'slugTaken'>;
  save(communityId: string, settings: CommunitySettings, by: Act): Stored<void>;
}

/** Who is in, and what they are there. What concerns the coordinators of one community is done one after another. */
export interface MembershipStore {
  /** Of a community that is open; false: it is not. Whoever is in already stays what they are. */
  joinOpen(communityId: string, member: { personId: string; lang: Lang; at: number }): Stored<boolean>;
  /** [COMM-4] */
  setRole(communityId: string, to: { personId: string; role: CommunityRole }, by: Act): Stored<Changed>;
  /** [COMM-4] Leaving, and being taken out. */
  remove(communityId: string, personId: string, by: Act): Stored<Changed>;
  coordinators(communityId: string, most: number): Stored<Addressee[]>;
  members(
    communityId: string,
    query: Pick<DirectoryQuery, 'q' | 'territory' | 'expertise'> & {
      after: DirectoryCursor | undefined;
      most: number;
    },
  ): Stored<FoundMembers>;
  /** Of a member of that community. */
  photo(
    communityId: string,
    photo: { personId: string; version: string },
  ): Stored<Uint8Array<ArrayBuffer> | undefined>;
  /** `first`: it was not asked before, and those who decide are to be told. Undefined: it takes no requests. */
  request(
    communityId: string,
    request: { personId: string; word: string; lang: Lang; at: number },
  ): Stored<'first' | 'again' | undefined>;
  withdraw(communityId: string, personId: string): Stored<void>;
  /** The first come first. */
  requests(communityId: string, most: number): Stored<RequestView[]>;
  /** Who asked; undefined when nobody did, or somebody else has decided. */
  decide(
    communityId: string,
    decision: { personId: string; accept: boolean; by: Act },
  ): Stored<Addressee | undefined>;
}
