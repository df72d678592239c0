import type { Refusal } from '@relais/protocol';
import { asRecord } from './as-record.ts';

export type Created = { ok: true; code: string; facilitatorKey: string } | { ok: false; refusal: Refusal };

/** Milliseconds: a satellite link takes 600 for one way, and a busy hub a few seconds. */
const TIMEOUT = 15_000;

/** Asks the hub for a new meeting. Never throws: a network that failed is `unavailable`. */
export async function createMeeting(title: string): Promise<Created> {
  try {
    const response = await fetch('/api/meetings', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title }),
      signal: AbortSignal.timeout(TIMEOUT),
    });
    return readCreated(await response.json());
  } catch {
    return { ok: false, refusal: { kind: 'unavailable', what: 'server' } };
  }
}

/** What the hub answered, read field by field (zod would weigh more than the whole home page). */
export function readCreated(body: unknown): Created {
  const { value, refusal } = asRecord(body);
  const { code, facilitatorKey } = asRecord(value);
  return typeof code === 'string' && typeof facilitatorKey === 'string'
    ? { ok: true, code, facilitatorKey }
    : { ok: false, refusal: readRefusal(asRecord(refusal)) };
}

function readRefusal({ kind, retryAfterMs, incident }: Record<string, unknown>): Refusal {
  switch (kind) {
    case 'tooMany':
      return { kind, retryAfterMs: typeof retryAfterMs === 'number' ? retryAfterMs : 1000 };
    case 'invalidInput':
      return { kind, issues: [] };
    case 'tooLarge':
      return { kind };
    case 'unavailable':
      return { kind, what: 'server' };
    default:
      return { kind: 'internal', incident: typeof incident === 'string' ? incident : '' };
  }
}
