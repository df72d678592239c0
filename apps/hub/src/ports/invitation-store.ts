import type { CommunityRole, InvitationLook } from '@relais/protocol/communities';
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
  revoke(communityId: string, invitationId: string): Stored<boolean>;
  look(invitationId: string, at: number): Stored<InvitationLook | undefined>;
  accept(invitationId: string, by: Asker, how: { lang: Lang; at: number }): Stored<Accepted>;
  /** The invitation that an address has to a community. */
  findFor(communityId: string, email: string, at: number): Stored<string | undefined>;
  /** Those that have run out. */
  forgetExpired(at: number): Stored<void>;
}
