import type { CheckReport, CheckVerdict, Refusal } from '@relais/protocol';
import { fail, ok, type Result } from '@relais/kit';
import { asRecord } from '../meeting/as-record.ts';
import { attempt } from '../storage.ts';

/** Milliseconds: a satellite link takes 600 for one way, and a busy hub a few seconds. */
const TIMEOUT = 15_000;
const AWAY: Refusal = { kind: 'unavailable', what: 'server' };

/** What this browser has told the animator of one meeting [CHECK-7]. */
export interface Told {
  /** The secret by which it is replaced or erased. Another one for each meeting: nothing ties them together. */
  owner: string;
  at: number;
}

const keyOf = (code: string) => `relais:check:${code}`;

export function toldFor(code: string): Told | undefined {
  const { owner, at } = asRecord(
    attempt(() => JSON.parse(localStorage.getItem(keyOf(code)) ?? 'null') as unknown),
  );
  return typeof owner === 'string' && typeof at === 'number' ? { owner, at } : undefined;
}

/** Tells it, in the place of what this browser told before. Never rejects. */
export async function tellAnimator(
  code: string,
  report: { name: string; verdict: CheckVerdict },
): Promise<Result<Told, Refusal>> {
  const owner = toldFor(code)?.owner ?? crypto.randomUUID();
  const answer = await ask(code, 'PUT', owner, report);
  if (!answer.ok) return answer;
  const { at } = asRecord(answer.value);
  const told = { owner, at: typeof at === 'number' ? at : Date.now() };
  attempt(() => localStorage.setItem(keyOf(code), JSON.stringify(told)));
  return ok(told);
}

export async function eraseTold(code: string): Promise<Result<void, Refusal>> {
  const told = toldFor(code);
  if (!told) return ok(undefined);
  const answer = await ask(code, 'DELETE', told.owner);
  if (!answer.ok) return answer;
  attempt(() => localStorage.removeItem(keyOf(code)));
  return ok(undefined);
}

/** For who has the key to run the meeting [CHECK-6]. */
export async function toldInMeeting(code: string, key: string): Promise<Result<CheckReport[], Refusal>> {
  const answer = await ask(code, 'GET', key);
  if (!answer.ok) return answer;
  const { reports } = asRecord(answer.value);
  // The hub's word is taken, as on the socket: its schemas stay on the server.
  return ok(Array.isArray(reports) ? (reports as CheckReport[]) : []);
}

async function ask(
  code: string,
  method: string,
  bearer: string,
  body?: object,
): Promise<Result<unknown, Refusal>> {
  try {
    const response = await fetch(`/api/meetings/${code}/checks`, {
      method,
      // In a header, and never in the address, which logs and neighbours see.
      headers: { authorization: `Bearer ${bearer}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT),
    });
    const answer = asRecord(await response.json());
    return answer['ok'] === true
      ? ok(answer['value'])
      : fail(asRecord(answer['refusal']) as unknown as Refusal);
  } catch {
    return fail(AWAY);
  }
}
