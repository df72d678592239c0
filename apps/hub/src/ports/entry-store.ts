import type { Result } from '@relais/kit';
import type { MeetingId, ParticipantId } from '@relais/protocol';
import type { EntryRule } from '@relais/protocol/entry';
import type { Act } from '../adapters/register-rows.ts';
import type { Unavailable } from './people-store.ts';

type Stored<T> = Promise<Result<T, Unavailable>>;

export interface StoredEntry {
  rule: EntryRule;
  communityId: string | undefined;
}

export interface StoredLink {
  linkId: string;
  label: string;
  seats: number;
  createdAt: number;
  expiresAt: number;
}

/** Whether somebody may come by a link: they took a seat of it, or are back in theirs; anything but `taken` changes nothing. */
export type Coming = 'taken' | 'back' | 'unknown' | 'expired' | 'revoked' | 'usedUp';

/** [ENTRY-1] [GUEST-1] Who may enter meetings. Addresses are in lower case. `by`: of whom the register tells it, where one is kept. */
export interface EntryStore {
  /** Of a meeting of which nothing was said: `anyone`. */
  find(meetingId: MeetingId): Stored<StoredEntry>;
  save(meetingId: MeetingId, entry: StoredEntry, by?: Act): Stored<void>;
  invited(meetingId: MeetingId): Stored<string[]>;
  /** On the list, or with a place in the meeting by the calendar [ENTRY-2]. */
  isInvited(meetingId: MeetingId, email: string): Stored<boolean>;
  /** In the place of those of before. */
  setInvited(meetingId: MeetingId, emails: readonly string[]): Stored<void>;
  /** Besides those of before. */
  invite(meetingId: MeetingId, emails: readonly string[]): Stored<void>;
  /** False: there are `most` already that are good. Of those that are not any more the newest `most` stay. */
  addLink(meetingId: MeetingId, link: StoredLink, most: number, by?: Act): Stored<boolean>;
  /** The newest first. */
  links(meetingId: MeetingId): Stored<(StoredLink & { taken: number; revokedAt: number | undefined })[]>;
  /** False: the meeting has no such link. Again: it stays as it was. */
  revoke(meetingId: MeetingId, linkId: string, at: number, by?: Act): Stored<boolean>;
  /**
   * Somebody takes one of a link's seats, or comes back to theirs, for which it may have expired meanwhile. Never are more taken
   * than there are, whoever asks at once.
   */
  come(meetingId: MeetingId, linkId: string, participantId: ParticipantId, at: number): Stored<Coming>;
  /** They did not come in after all. */
  giveBack(linkId: string, participantId: ParticipantId): Stored<void>;
}
