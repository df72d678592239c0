import type { CommunityRole, InvitationLook } from '@relais/protocol/communities';
import type { Profile } from '@relais/protocol/people';
import type { Act } from '../adapters/register-rows.ts';
import type { Asker, Lang, Stored } from './community-store.ts';

export interface NewInvitation {
  invitationId: string;
  /** Undefined: a link, for whoever has it. */
  email: string | undefined;
  role: CommunityRole;
}

/** Who invites, in which language, and until when. */
export interface Inviting {
  communityId: string;
  invitedBy: string;
  lang: Lang;
  at: number;
  expiresAt: number;
}

export interface StoredInvitation {
  invitationId: string;
  email: string | null;
  role: CommunityRole;
  invitedBy: string | null;
  createdAt: number;
  expiresAt: number;
}

/** What was written of an order of invitations. */
export interface Invited {
  /** In the place of those that the same addresses had before. */
  written: NewInvitation[];
  alreadyMembers: string[];
}

/** Somebody of a file that is imported: what of them is written where their address has no account yet. */
export interface ImportedPerson {
  personId: string;
  invitationId: string;
  email: string;
  role: CommunityRole;
  profile: Profile;
}

/** What addresses are to a community already. */
export interface Known {
  members: Set<string>;
  /** With the ends of their invitations, in milliseconds since 1970. */
  invited: Map<string, { invitationId: string; expiresAt: number }>;
}

/** `linkInvalid`: it is not there, or not any more. */
export type Accepted = { slug: string } | 'linkInvalid' | 'otherAddress' | 'nameMissing';

/** Invitations that can be used: those that were used by whom they were for, were revoked or have run out are not there. */
export interface InvitationStore {
  /** `full`: there would be more than `most`, and nothing was written. */
  invite(by: Inviting, invitations: NewInvitation[], most: number): Stored<Invited | 'full'>;
  /** Where there is no coordinator: who is a member, or names themselves, is one at once; anybody else is invited. */
  nameCoordinator(
    by: Inviting,
    coordinator: NewInvitation & { email: string; by: Asker },
  ): Stored<'named' | 'invited' | 'taken'>;
  /** The newest first. */
  list(communityId: string, page: { at: number; most: number }): Stored<StoredInvitation[]>;
  /** Whether the community had it. */
  revoke(communityId: string, invitationId: string, by: Act): Stored<boolean>;
  look(invitationId: string, at: number): Stored<InvitationLook | undefined>;
  accept(invitationId: string, by: Asker, how: { lang: Lang; at: number }): Stored<Accepted>;
  /** The invitation that an address has to a community. */
  findFor(communityId: string, email: string, at: number): Stored<string | undefined>;
  known(communityId: string, emails: readonly string[], at: number): Stored<Known>;
  /**
   * [COMM-10] All of it or nothing: accounts for addresses that have none, and invitations for those that have none and are no
   * members. Tells who was so before. `full`: there would be more than `most`.
   */
  importPeople(by: Inviting, people: readonly ImportedPerson[], most: number): Stored<Known | 'full'>;
  /** Those that have run out, and accounts that were made for them of which nobody made use. */
  forgetExpired(at: number): Stored<void>;
}
