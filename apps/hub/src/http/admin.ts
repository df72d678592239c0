import { adminOnly } from '@relais/metrics';
import { mailCursor, type AdminMails, type Overview } from '@relais/protocol';
import { Router } from 'express';
import type { Mails } from '../features/mails/mails.ts';
import type { Register } from '../features/privacy/register.ts';
import type { RateLimiter } from '../ports/rate-limiter.ts';
import { issuesOf } from '../issues-of.ts';
import { refuse } from './answers.ts';
import { clientAddress } from './client-address.ts';

/** Several tabs that refresh every five seconds; and few guesses at a token, should one be short. */
const ASKS_PER_ADDRESS = { limit: 120, windowMs: 60_000 };

export interface AdminApiDeps {
  overview: () => Promise<Overview>;
  mails: Pick<Mails, 'list' | 'isSending'>;
  /** Left out where no register is kept. */
  register: Pick<Register, 'write'> | undefined;
  /** RELAIS_ADMIN_TOKEN; without it there is no such API. */
  token: string | undefined;
  limiter: Pick<RateLimiter, 'take'>;
  internalToken: string | undefined;
}

const MAILS_OF_A_PAGE = 50;

/** `GET /overview` and `GET /mails`, to be mounted at /api/admin, before what answers everything else under /api. */
export function createAdminApi(deps: AdminApiDeps): Router {
  const { overview, mails, register, token, limiter, internalToken } = deps;
  const api = Router();
  api.use(async (request, response, next) => {
    response.set('cache-control', 'no-store');
    // Before the token is looked at: this is what stands between a machine and guessing it.
    const taken = await limiter.take(`admin:${clientAddress(request, internalToken)}`, ASKS_PER_ADDRESS);
    if (taken.ok) next();
    else refuse(response, { kind: 'tooMany', retryAfterMs: taken.retryAfterMs });
  });
  api.get('/overview', adminOnly(token), async (_request, response) => {
    response.json({ ok: true, value: await overview() });
  });
  api.get('/mails', adminOnly(token), async (request, response) => {
    const before = mailCursor.optional().safeParse(request.query['before']);
    if (!before.success) return refuse(response, { kind: 'invalidInput', issues: issuesOf(before.error) });
    // [PRIV-6] Links in them open accounts: that they are read is told before they are. A token has no account.
    const told = await register?.write({ kind: 'mailsRead' });
    if (told && !told.ok) return refuse(response, { kind: 'unavailable', what: 'log' });
    const page = await pageOf(mails, before.data);
    if (page) response.json({ ok: true, value: page });
    else refuse(response, { kind: 'unavailable', what: 'log' });
  });
  return api;
}

/** One more than a page has is asked for: it tells whether there is a next one. */
async function pageOf(
  { list, isSending }: AdminApiDeps['mails'],
  before: { createdAt: number; key: string } | undefined,
): Promise<AdminMails | undefined> {
  const found = await list({ before, most: MAILS_OF_A_PAGE + 1 });
  if (!found.ok) return undefined;
  const shown = found.value.slice(0, MAILS_OF_A_PAGE);
  const last = shown.at(-1);
  return {
    isSending,
    mails: shown.map(({ html: _html, ics: _ics, doneAt, ...mail }) => ({ ...mail, doneAt: doneAt ?? null })),
    next: last && found.value.length > shown.length ? `${last.createdAt}.${last.key}` : null,
  };
}
