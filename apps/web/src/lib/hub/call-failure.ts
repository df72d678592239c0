import type { Refusal } from '@relais/protocol';
import { backoff } from '@relais/kit';

/** Why a request to the hub brought nothing: the hub refused it, or no answer came (no socket, or too late). */
export type CallFailure = Refusal | { kind: 'noAnswer' };

/** Whether the same request may succeed later. A refusal about the request itself never does. */
export function isPassing({ kind }: CallFailure): boolean {
  return kind === 'noAnswer' || kind === 'unavailable' || kind === 'tooMany';
}

/** Milliseconds to wait before trying again: what the hub asks for, or a growing time. */
export function retryDelay(failure: CallFailure, attempt: number, random: number): number {
  const wait = backoff(attempt, random);
  return failure.kind === 'tooMany' ? Math.max(wait, failure.retryAfterMs) : wait;
}
