import type { Result } from '@relais/kit';
import type { PersonId } from '@relais/protocol';
import type { Profile } from '@relais/protocol/people';

export type Unavailable = { kind: 'unavailable' };

/** A person as the store has them. */
export interface Account {
  personId: string;
  email: string;
  isAdministrator: boolean;
  hasPassword: boolean;
  photo: string | null;
  profile: Profile;
}

export interface StoredSession {
  sessionId: string;
  userAgent: string;
  since: number;
  lastUse: number;
}

export interface FirstPerson {
  personId: string;
  email: string;
  name: string;
  passwordHash: string;
  at: number;
}

/** What is kept of people beside signing in, which better-auth writes in the same tables. */
export interface PeopleStore {
  find(personId: string): Promise<Result<Account | undefined, Unavailable>>;
  /** The addresses of these, where they are proved. */
  emailsOf(personIds: readonly PersonId[]): Promise<Result<ReadonlyMap<PersonId, string>, Unavailable>>;
  saveProfile(personId: string, profile: Profile, at: number): Promise<Result<void, Unavailable>>;
  /** Those that have not run out, the last used first. */
  sessions(personId: string, at: number): Promise<Result<StoredSession[], Unavailable>>;
  /** Whether the person had that session. */
  endSession(personId: string, sessionId: string): Promise<Result<boolean, Unavailable>>;
  endOtherSessions(personId: string, sessionId: string): Promise<Result<void, Unavailable>>;
  photo(personId: string, version: string): Promise<Result<Uint8Array<ArrayBuffer> | undefined, Unavailable>>;
  savePhoto(
    personId: string,
    photo: { version: string; image: Uint8Array; at: number },
  ): Promise<Result<void, Unavailable>>;
  removePhoto(personId: string): Promise<Result<void, Unavailable>>;
  hasAdministrator(): Promise<Result<boolean, Unavailable>>;
  /**
   * [PEOPLE-9] Makes the first administrator, of a new or a known address; whoever was signed in with it is not any more. Of
   * several at once, one succeeds; false when there is an administrator.
   */
  createFirst(first: FirstPerson): Promise<Result<boolean, Unavailable>>;
  /** Sessions and links that have run out. */
  forgetExpired(at: number): Promise<Result<void, Unavailable>>;
}
