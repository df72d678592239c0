import { people } from '@relais/db';
import { startTestPostgres, type TestPostgres } from '@relais/testing/test-postgres';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createPeopleRig, type PeopleRig, type WebBrowser } from '../../../test-support/people-rig.ts';

let postgres: TestPostgres;
let rig: PeopleRig;
let browser: WebBrowser;

const EMAIL = 'ana@exemple.test';

beforeAll(async () => {
  postgres = await startTestPostgres();
});
beforeEach(async () => {
  rig = await createPeopleRig({ url: await postgres.freshDatabase() });
  browser = rig.browser();
  await browser.post('/auth/link', { email: EMAIL, lang: 'fr' });
  await browser.post('/auth/link/use', { token: rig.lastToken(EMAIL) });
});
afterEach(() => rig.close());
afterAll(() => postgres.close());

/** Who somebody is that comes with this browser's cookies, from a page of `origin`. */
const cameWith = (cookie: string, origin: string | undefined = rig.base, host?: string) =>
  rig.people.accounts.cameWith({ cookie, origin, host });
const known = { ok: true, value: { email: EMAIL } };
const nobody = { ok: true, value: undefined };

it('[ACCOUNT-1] a socket that a page of ours opened has the account of its session', async () => {
  expect(await cameWith(browser.cookieHeader)).toMatchObject(known);
  expect(await cameWith(browser.cookieHeader, 'https://relais.example', 'relais.example')).toMatchObject(
    known,
  );
});

it('[ACCOUNT-1] a foreign page’s socket, or one of no page, has nobody’s', async () => {
  const { cookieHeader } = browser;
  const foreign = [
    await cameWith(cookieHeader, 'https://evil.example', 'relais.example'),
    await cameWith(cookieHeader, 'null', 'relais.example'),
    await rig.people.accounts.cameWith({ cookie: cookieHeader, host: 'relais.example' }),
  ];
  expect(foreign).toEqual([nobody, nobody, nobody]);
});

it('[ACCOUNT-1] a session that was forged or has ended is nobody’s', async () => {
  const { cookieHeader } = browser;
  expect(await cameWith(cookieHeader.replace(/.{6}$/, 'forged'))).toEqual(nobody);
  expect(await cameWith('')).toEqual(nobody);
  await browser.post('/auth/sign-out');
  expect(await cameWith(cookieHeader)).toEqual(nobody);
});

it('[BREAK-36] an address that was not proved places nobody', async () => {
  await rig.database.orm.update(people).set({ emailVerified: false });
  expect(await cameWith(browser.cookieHeader)).toMatchObject({ ok: true, value: { email: undefined } });
});

it('[ACCOUNT-1] while the database is away that is said, within two seconds', async () => {
  await rig.database.close();
  expect(await cameWith(browser.cookieHeader)).toEqual({ ok: false, error: { kind: 'unavailable' } });
});
