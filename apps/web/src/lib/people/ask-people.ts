import type { Me, PeopleRefusal, Profile, WaitingMail } from '@relais/protocol/people';
import { asRecord } from '#lib/meeting/as-record.ts';

export type Asked<T = unknown> = { ok: true; value: T } | { ok: false; refusal: PeopleRefusal };

/** Milliseconds: a satellite link takes 600 for one way, and a busy hub a few seconds. */
const TIMEOUT = 15_000;
/** A photo of some hundred kilobytes over a line of 0.5 Mbit/s. */
const UPLOAD_TIMEOUT = 60_000;

export const PEOPLE_KINDS: Readonly<Record<PeopleRefusal['kind'], true>> = {
  invalidInput: true,
  foreignOrigin: true,
  notSignedIn: true,
  notAllowed: true,
  wrongCredentials: true,
  linkInvalid: true,
  wrongToken: true,
  notOpen: true,
  notAPhoto: true,
  tooLarge: true,
  unknownId: true,
  signInAgain: true,
  lastAdministrator: true,
  tooMany: true,
  unavailable: true,
};

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Asks the hub about accounts. Never throws: a network that failed is `unavailable`. */
async function ask<T>(method: Method, path: string, body?: unknown): Promise<Asked<T>> {
  return readAsked<T>(await answerOf(method, path, body));
}

/** What the hub answered, unread. Never throws: a network that failed is told as the hub would. */
export async function answerOf(method: Method, path: string, body?: unknown): Promise<unknown> {
  const isFile = body instanceof Blob;
  try {
    const response = await fetch(`/api${path}`, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': isFile ? 'application/octet-stream' : 'application/json' },
        body: isFile ? body : JSON.stringify(body),
      }),
      signal: AbortSignal.timeout(isFile ? UPLOAD_TIMEOUT : TIMEOUT),
    });
    return await response.json();
  } catch {
    return { ok: false, refusal: { kind: 'unavailable' } };
  }
}

/** What the hub answered. What it says of an account has been checked there; zod would weigh more than these pages. */
export function readAsked<T>(body: unknown): Asked<T> {
  const { ok, value, refusal } = asRecord(body);
  return ok === true
    ? { ok: true, value: value as T }
    : { ok: false, refusal: readRefusal(asRecord(refusal)) };
}

function readRefusal({ kind, retryAfterMs }: Record<string, unknown>): PeopleRefusal {
  if (kind === 'tooMany')
    return { kind, retryAfterMs: typeof retryAfterMs === 'number' ? retryAfterMs : 60_000 };
  if (kind === 'invalidInput') return { kind, issues: [] };
  const known = Object.keys(PEOPLE_KINDS).find((one) => one === kind);
  return known ? ({ kind: known } as PeopleRefusal) : { kind: 'unavailable' };
}

type Lang = 'fr' | 'en';

export const askLink = (email: string, lang: Lang) => ask('POST', '/auth/link', { email, lang });
export const useLink = (token: string) => ask('POST', '/auth/link/use', { token });
export const signInWithPassword = (email: string, password: string) =>
  ask('POST', '/auth/password', { email, password });
export const askReset = (email: string, lang: Lang) => ask('POST', '/auth/reset', { email, lang });
export const useReset = (token: string, password: string) =>
  ask('POST', '/auth/reset/use', { token, password });
export const makeFirst = (first: { token: string; name: string; email: string; password: string }) =>
  ask('POST', '/auth/first', first);
export const askProvider = () => ask<{ url: string }>('POST', '/auth/provider', {});
export const signOut = () => ask('POST', '/auth/sign-out', {});

export const readMe = () => ask<Me>('GET', '/people/me');
export const saveProfile = (profile: Profile) => ask('PUT', '/people/me', profile);
export const endSession = (sessionId: string) =>
  ask('DELETE', `/people/me/sessions/${encodeURIComponent(sessionId)}`);
export const endOtherSessions = () => ask('DELETE', '/people/me/sessions');
export const savePhoto = (file: Blob) => ask<{ photo: string }>('PUT', '/people/me/photo', file);
export const removePhoto = () => ask('DELETE', '/people/me/photo');
export const eraseMe = (messages: 'erase' | 'keep', email: string) =>
  ask('POST', '/people/me/erase', { messages, email });
/** [PRIV-3] All of one's own, kept as a file where the browser keeps its downloads. Never throws. */
export async function saveData(as: 'page' | 'json'): Promise<Asked> {
  try {
    const response = await fetch(`/api/people/me/data${as === 'page' ? '?as=page' : ''}`, {
      signal: AbortSignal.timeout(UPLOAD_TIMEOUT),
    });
    if (!response.ok) return readAsked(await response.json());
    const url = URL.createObjectURL(await response.blob());
    const link = document.createElement('a');
    link.href = url;
    link.download = `relais-mes-renseignements.${as === 'page' ? 'html' : 'json'}`;
    link.click();
    URL.revokeObjectURL(url);
    return { ok: true, value: undefined };
  } catch {
    return { ok: false, refusal: { kind: 'unavailable' } };
  }
}
export const readMails = () => ask<WaitingMail[]>('GET', '/people/mails');
