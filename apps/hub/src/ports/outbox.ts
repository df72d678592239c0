import type { Result } from '@relais/kit';

/** An email as it is read. */
export interface Letter {
  /** The same key is stored once. */
  key: string;
  kind: string;
  to: string;
  lang: 'fr' | 'en';
  subject: string;
  text: string;
  html: string;
  ics: string | undefined;
}

export type OutboxState = 'waiting' | 'sending' | 'sent' | 'failed';

/** A letter as it lies in the outbox; times in milliseconds since 1970. */
export interface StoredLetter extends Letter {
  state: OutboxState;
  tries: number;
  /** Why it could not be sent, the last time. */
  error: string;
  createdAt: number;
  doneAt: number | undefined;
}

type Stored<T> = Promise<Result<T, { kind: 'unavailable' }>>;

/** What was ordered to be sent, shared by all hubs. Nothing here sends. */
export interface Outbox {
  /** Of a letter whose key is there already nothing is changed. `usefulUntil`: later it is not sent any more. */
  put(letter: Letter, times: { at: number; usefulUntil: number | undefined }): Stored<void>;
  /** What is not useful any more is marked as failed, and its text not kept. */
  expire(at: number): Stored<void>;
  /** The next letters that are due and of use, which are nobody else's until `leaseUntil`. */
  claim(claim: { at: number; leaseUntil: number; most: number }): Stored<StoredLetter[]>;
  /** Its text is not kept. */
  sent(key: string, at: number): Stored<void>;
  /** To be tried again. `tries`: as it was claimed; where somebody else has claimed it since, nothing is changed. */
  again(key: string, next: { tries: number; dueAt: number; error: string }): Stored<void>;
  /** Not to be tried again; its text is not kept. */
  failed(key: string, end: { tries: number; at: number; error: string }): Stored<void>;
  /** The newest first; `before` is the `createdAt` and key of the last one of the page before. `state`: of that one alone. */
  list(page: {
    before: { createdAt: number; key: string } | undefined;
    most: number;
    state?: OutboxState;
  }): Stored<StoredLetter[]>;
  /** All that was ordered before. What could still be of use if it were ordered again keeps its key, so that it is not sent twice. */
  forget(before: number): Stored<void>;
}
