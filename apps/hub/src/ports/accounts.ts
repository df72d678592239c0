import { ok, type Result } from '@relais/kit';
import type { PersonId } from '@relais/protocol';

/** What a browser said of itself when it opened its socket. */
export interface Handshake {
  cookie?: string | undefined;
  /** The page that opened it. */
  origin?: string | undefined;
  host?: string | undefined;
}

/** An account, as far as meetings ask. */
export interface KnownAccount {
  personId: PersonId;
  /** As it was proved; undefined: it was not. */
  email: string | undefined;
}

/** Accounts as meetings see them. Nobody waits long for an answer: it is refused as `unavailable` after two seconds. */
export interface Accounts {
  /** Whose account a browser came with; nobody's when a foreign page opened the socket, or the session is none any more. */
  cameWith(handshake: Handshake): Promise<Result<KnownAccount | undefined, { kind: 'unavailable' }>>;
  /** The proved addresses of these; none of who has none, and none at all when they cannot be had. */
  emailsOf(personIds: readonly PersonId[]): Promise<ReadonlyMap<PersonId, string>>;
}

/** Where there are no accounts. */
export const NO_ACCOUNTS: Accounts = {
  cameWith: async () => ok(undefined),
  emailsOf: async () => new Map(),
};
