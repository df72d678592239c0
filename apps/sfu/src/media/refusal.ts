import { WorkerClosedError } from 'mediasoup/errors';
import type { MediaRefusal } from '@relais/protocol';
import { TimeoutError } from '@relais/kit';

/** True when a worker did not answer, for whatever reason: nothing is known of the question itself. */
export function isUnanswered(error: unknown): boolean {
  return error instanceof TimeoutError || error instanceof WorkerClosedError;
}

/** What the hub is told when mediasoup refuses parameters that a browser gave. */
export function refusalOf(error: unknown): MediaRefusal {
  if (isUnanswered(error)) return { kind: 'unavailable' };
  if (error instanceof Error) return { kind: 'unsupported', reason: error.message };
  throw error;
}
