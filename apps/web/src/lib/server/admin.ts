import process from 'node:process';
import { adminMails, overview, type AdminMails, type Overview } from '@relais/protocol';
import { asRecord } from '#lib/meeting/as-record.ts';
import { hubUrl } from './hub.ts';

/** What the hub said of a token: the figures, or why not. */
export type Told = { kind: 'told'; overview: Overview } | Untold;
export type MailsTold = { kind: 'told'; mails: AdminMails } | Untold;

export type Untold =
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
export async function askOverview(token: string, clientAddress: string, fetch: Fetch): Promise<Told> {
  const told = await ask('overview', overview, { token, clientAddress, fetch });
  return 'value' in told ? { kind: 'told', overview: told.value } : told;
}

/** The same for emails, from where the page before ended on. */
export async function askMails(
  token: string,
  clientAddress: string,
  { before, fetch }: { before: string | null; fetch: Fetch },
): Promise<MailsTold> {
  const query = before === null ? '' : `?${new URLSearchParams({ before }).toString()}`;
  const told = await ask(`mails${query}`, adminMails, { token, clientAddress, fetch });
  return 'value' in told ? { kind: 'told', mails: told.value } : told;
}

type Fetch = typeof globalThis.fetch;

async function ask<T>(
  path: string,
  schema: { parse: (value: unknown) => T },
  { token, clientAddress, fetch }: { token: string; clientAddress: string; fetch: Fetch },
): Promise<{ value: T } | Untold> {
  if (!TOKEN.test(token)) return { kind: 'wrongToken' };
  try {
    const response = await fetch(`${hubUrl()}/api/admin/${path}`, {
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
    return { value: schema.parse(asRecord(await response.json())['value']) };
  } catch {
    return { kind: 'hubAway' };
  }
}
