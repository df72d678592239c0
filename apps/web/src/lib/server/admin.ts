import process from 'node:process';
import { overview, type Overview } from '@relais/protocol';
import { asRecord } from '#lib/meeting/as-record.ts';
import { hubUrl } from './hub.ts';

/** What the hub said of a token: the figures, or why not. */
export type Told =
  | { kind: 'told'; overview: Overview }
  | { kind: 'wrongToken' }
  /** No token is set on the server: there is no such page. */
  | { kind: 'off' }
  | { kind: 'tooMany' }
  | { kind: 'hubAway' };

/** Of the browser's session, for these pages alone. */
export const ADMIN_COOKIE = 'relais-admin';

/** Milliseconds: the hub itself waits less for what it asks. */
const TIMEOUT = 4000;
/** What no header may hold, or no token is as long as. */
const TOKEN = /^[\x21-\x7e]{1,512}$/;

/** Asks the hub for the person at `clientAddress`, whose guesses are counted there. Never throws. */
export async function askOverview(
  token: string,
  clientAddress: string,
  fetch: typeof globalThis.fetch,
): Promise<Told> {
  if (!TOKEN.test(token)) return { kind: 'wrongToken' };
  try {
    const response = await fetch(`${hubUrl()}/api/admin/overview`, {
      signal: AbortSignal.timeout(TIMEOUT),
      headers: {
        authorization: `Bearer ${token}`,
        'x-relais-client-address': clientAddress,
        'x-relais-internal-token': process.env['HUB_TOKEN'] ?? '',
      },
    });
    if (response.status === 401) return { kind: 'wrongToken' };
    if (response.status === 404) return { kind: 'off' };
    if (response.status === 429) return { kind: 'tooMany' };
    if (!response.ok) return { kind: 'hubAway' };
    return { kind: 'told', overview: overview.parse(asRecord(await response.json())['value']) };
  } catch {
    return { kind: 'hubAway' };
  }
}
