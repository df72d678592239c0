import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ok } from '@relais/kit';
import { adminMails, type Overview } from '@relais/protocol';
import express from 'express';
import { afterEach, expect, test, vi } from 'vitest';
import { createMemoryRateLimiter } from '../adapters/memory-rate-limiter.ts';
import type { Mails } from '../features/mails/mails.ts';
import type { Register } from '../features/privacy/register.ts';
import { noMails } from '../../test-support/no-mails.ts';
import { createAdminApi, type AdminApiDeps } from './admin.ts';

const TOKEN = 'a-token-of-the-tests';
const OVERVIEW = { at: 1 } as Overview;
let http: Server | undefined;
afterEach(() => {
  http?.closeAllConnections();
  http?.close();
});

async function serve(
  token: string | undefined,
  mails: Pick<Mails, 'list' | 'isSending'> = noMails,
  register?: AdminApiDeps['register'],
): Promise<string> {
  const limiter = createMemoryRateLimiter({ now: () => 0 });
  const api = createAdminApi({
    overview: async () => OVERVIEW,
    mails,
    register,
    token,
    limiter,
    internalToken: 'of the pages',
  });
  http = createServer(express().use('/api/admin', api));
  await new Promise<void>((resolve) => http?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}/api/admin/overview`;
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

test('the overview is told to who has the token, and not kept by anybody on the way', async () => {
  const response = await fetch(await serve(TOKEN), { headers: bearer(TOKEN) });
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await response.json()).toEqual({ ok: true, value: OVERVIEW });
});

test('a wrong token is 401, and no token set is 404', async () => {
  expect((await fetch(await serve(TOKEN), { headers: bearer('wrong') })).status).toBe(401);
  http?.close();
  expect((await fetch(await serve(undefined), { headers: bearer('') })).status).toBe(404);
});

test('guesses from one address are refused before the token is looked at; another address goes on', async () => {
  const url = await serve(TOKEN);
  const statuses = await Promise.all(
    Array.from({ length: 121 }, async (_, i) => (await fetch(url, { headers: bearer(`guess-${i}`) })).status),
  );
  expect(statuses.filter((status) => status === 401)).toHaveLength(120);
  expect(statuses.filter((status) => status === 429)).toHaveLength(1);
  expect((await fetch(url, { headers: bearer(TOKEN) })).status).toBe(429);
  const elsewhere = { 'x-relais-client-address': '192.0.2.7', 'x-relais-internal-token': 'of the pages' };
  expect((await fetch(url, { headers: { ...bearer(TOKEN), ...elsewhere } })).status).toBe(200);
});

test('[PRIV-6] that emails are read with the token is in the register first, or they are not told', async () => {
  const steps: string[] = [];
  const list: Mails['list'] = async () => {
    steps.push('read');
    return ok([]);
  };
  const write = vi.fn<Register['write']>(async ({ kind }) => {
    steps.push(kind);
    return ok(undefined);
  });
  const address = (await serve(TOKEN, { isSending: false, list }, { write })).replace('overview', 'mails');
  expect((await fetch(address, { headers: bearer('wrong') })).status).toBe(401);
  expect(steps).toEqual([]);
  expect((await fetch(address, { headers: bearer(TOKEN) })).status).toBe(200);
  expect(steps).toEqual(['mailsRead', 'read']);
  write.mockResolvedValue({ ok: false, error: { kind: 'unavailable' } });
  expect((await fetch(address, { headers: bearer(TOKEN) })).status).toBe(503);
  expect(steps).toEqual(['mailsRead', 'read']);
});

test('[MAIL-5] emails are read by pages, without what is made for programs alone; a page that nobody told of is refused', async () => {
  const stored = Array.from({ length: 51 }, (_, i) => ({
    ...{ key: `a.b:${i}`, kind: 'signInLink', to: 'bea@exemple.test', lang: 'fr' as const, subject: 'Lien' },
    ...{ text: 'Bonjour,', html: '<p>', ics: 'BEGIN', state: 'waiting' as const, tries: 0, error: '' },
    ...{ createdAt: 1000 - i, doneAt: undefined },
  }));
  const asked: unknown[] = [];
  const list: Mails['list'] = async (page) => {
    asked.push(page);
    return { ok: true, value: stored };
  };
  const address = (await serve(TOKEN, { isSending: false, list })).replace('overview', 'mails');
  const page = adminMails.parse(
    ((await (await fetch(address, { headers: bearer(TOKEN) })).json()) as { value: unknown }).value,
  );
  expect(page.mails).toHaveLength(50);
  expect(page.next).toBe('951.a.b:49');
  await fetch(`${address}?before=${encodeURIComponent(page.next ?? '')}`, { headers: bearer(TOKEN) });
  expect(asked[1]).toEqual({ before: { createdAt: 951, key: 'a.b:49' }, most: 51 });
  expect((await fetch(`${address}?before=x`, { headers: bearer(TOKEN) })).status).toBe(400);
  expect((await fetch(`${address}?before=1.a&before=2.b`, { headers: bearer(TOKEN) })).status).toBe(400);
  expect((await fetch(address)).status).toBe(401);
  expect(asked).toHaveLength(2);
});

test('[MAIL-5] where the outbox is away, that is said', async () => {
  const list: Mails['list'] = async () => ({ ok: false, error: { kind: 'unavailable' } });
  const address = (await serve(TOKEN, { isSending: true, list })).replace('overview', 'mails');
  expect((await fetch(address, { headers: bearer(TOKEN) })).status).toBe(503);
});
