import process from 'node:process';
import {
  me,
  peopleDoor,
  waitingMail,
  type Me,
  type PeopleDoor,
  type WaitingMail,
} from '@relais/protocol/people';
import type { Cookies } from '@sveltejs/kit';
import { asRecord } from '#lib/meeting/as-record.ts';
import { hubUrl } from './hub.ts';

/** What of the browser's request is needed to ask in its place. */
export interface Asking {
  cookies: Cookies;
  request: Request;
  getClientAddress: () => string;
  fetch: typeof globalThis.fetch;
}

export type Who = { kind: 'in'; me: Me } | { kind: 'nobody' } | { kind: 'hubAway' };

/** Milliseconds: the hub is beside the pages, often in the same process. */
const TIMEOUT = 4000;
/** Of the browser's cookies only this is handed on, under one of its two names. */
const SESSION = /^(?:__Secure-)?relais\.session_token$/;

/** Who has this browser; nobody is asked of a browser that never signed in. Never throws. */
export async function askMe(asking: Asking): Promise<Who> {
  const told = await askSignedIn(asking, '/people/me', (value) => me.parse(value));
  if (told.kind === 'in') return { kind: 'in', me: told.value };
  return told.kind === 'notAllowed' ? { kind: 'hubAway' } : told;
}

/** Why the hub told nothing. */
type NotTold = { kind: 'nobody' } | { kind: 'notAllowed' } | { kind: 'hubAway' };
export type Mails = { kind: 'in'; mails: WaitingMail[] } | NotTold;

/** Emails that wait, for who administers the site. Never throws. */
export async function askMails(asking: Asking): Promise<Mails> {
  const told = await askSignedIn(asking, '/people/mails', (value) => waitingMail.array().parse(value));
  return told.kind === 'in' ? { kind: 'in', mails: told.value } : told;
}

/** What is there for who is signed in alone; what is not there is told like what is not allowed. Never throws. */
export async function askSignedIn<T>(
  asking: Asking,
  path: string,
  parse: (value: unknown) => T,
): Promise<{ kind: 'in'; value: T } | NotTold> {
  const session = asking.cookies.getAll().find(({ name }) => SESSION.test(name));
  if (!session) return { kind: 'nobody' };
  try {
    const response = await ask(asking, path, `${session.name}=${encodeURIComponent(session.value)}`);
    for (const cookie of response.headers.getSetCookie()) handOn(asking.cookies, cookie);
    if (response.status === 401) return { kind: 'nobody' };
    if (response.status === 403 || response.status === 404) return { kind: 'notAllowed' };
    if (!response.ok) return { kind: 'hubAway' };
    return { kind: 'in', value: parse(asRecord(await response.json())['value']) };
  } catch {
    return { kind: 'hubAway' };
  }
}

/** An answer of the hub to whoever asks, with their account where they have one; what renews it is handed back. May throw. */
export async function askAs(asking: Asking, path: string): Promise<Response> {
  const session = asking.cookies.getAll().find(({ name }) => SESSION.test(name));
  const cookie = session && `${session.name}=${encodeURIComponent(session.value)}`;
  const response = await ask(asking, path, cookie);
  for (const set of response.headers.getSetCookie()) handOn(asking.cookies, set);
  return response;
}

/** What there is to sign in with; null of a hub that is away. Never throws. */
export async function askDoor(asking: Asking): Promise<PeopleDoor | null> {
  try {
    const response = await ask(asking, '/auth/door');
    return peopleDoor.parse(asRecord(await response.json())['value']);
  } catch {
    return null;
  }
}

function ask({ fetch, request, getClientAddress }: Asking, path: string, cookie?: string): Promise<Response> {
  return fetch(`${hubUrl()}/api${path}`, {
    signal: AbortSignal.timeout(TIMEOUT),
    headers: {
      'x-relais-client-address': getClientAddress(),
      'x-relais-internal-token': process.env['HUB_TOKEN'] ?? '',
      'user-agent': request.headers.get('user-agent') ?? '',
      ...(cookie && { cookie }),
    },
  });
}

/** A cookie that the hub renews or ends is the browser's to keep. */
function handOn(cookies: Cookies, header: string): void {
  const [pair = '', ...rest] = header.split('; ');
  const at = pair.indexOf('=');
  const attributes = new Map(
    rest.map((one) => [one.split('=')[0]?.toLowerCase() ?? '', one.split('=')[1] ?? '']),
  );
  if (!SESSION.test(pair.slice(0, at))) return;
  cookies.set(pair.slice(0, at), pair.slice(at + 1), {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: attributes.has('secure'),
    maxAge: Number(attributes.get('max-age') ?? 0),
    // It comes as it is to be sent.
    encode: (value) => value,
  });
}
