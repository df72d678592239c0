import { credentials } from '@relais/db';
import type { Me } from '@relais/protocol/people';
import { startTestPostgres, type TestPostgres } from '@relais/testing/test-postgres';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { startOidcProvider } from '@relais/testing/oidc-provider';
import { createPeopleRig, type PeopleRig, type WebBrowser } from '../../test-support/people-rig.ts';

let postgres: TestPostgres;
let provider: Awaited<ReturnType<typeof startOidcProvider>>;
let rig: PeopleRig;

const ANA = { sub: 'p1', email: 'ana@exemple.test', email_verified: true, name: 'Ana Tremblay' };

beforeAll(async () => {
  postgres = await startTestPostgres();
});
beforeEach(async () => {
  provider = await startOidcProvider();
  rig = await createPeopleRig({ url: await postgres.freshDatabase(), provider: provider.settings });
});
afterEach(async () => {
  await rig.close();
  await provider.close();
});
afterAll(() => postgres.close());

/** Where the provider sends the browser back to. */
async function sentBack(browser: WebBrowser): Promise<string> {
  const asked = await browser.post('/auth/provider');
  const { url } = asked.body.value as { url: string };
  const back = await fetch(url, { redirect: 'manual' });
  return back.headers.get('location') ?? '';
}

const whoIs = async (browser: WebBrowser) =>
  (await browser.ask('GET', '/people/me')).body.value as Me | undefined;

it('[PEOPLE-1] the provider signs in and gives a name; of its tokens nothing is kept, and the second time it is the same person', async () => {
  const browser = rig.browser();
  const back = await browser.fetch(await sentBack(browser));
  expect(back.status).toBe(302);
  expect(back.headers.get('location')).toBe('/connexion?fait');
  const first = await whoIs(browser);
  expect(first).toMatchObject({ email: ANA.email, hasPassword: false, profile: { name: ANA.name } });
  const kept = await rig.database.orm.select().from(credentials);
  expect(kept).toMatchObject([{ providerId: 'oidc', accessToken: null, refreshToken: null, idToken: null }]);
  const again = rig.browser();
  await again.fetch(await sentBack(again));
  expect((await whoIs(again))?.personId).toBe(first?.personId);
});

it('[PEOPLE-7] an answer of the provider is good for the browser that asked, once', async () => {
  const browser = rig.browser();
  const back = await sentBack(browser);
  const other = rig.browser();
  await other.fetch(back);
  expect(await whoIs(other)).toBeUndefined();
  const fresh = await sentBack(browser);
  await browser.fetch(fresh);
  expect(await whoIs(browser)).toMatchObject({ email: ANA.email });
  const late = rig.browser();
  for (const [name, value] of browser.cookies) if (!name.includes('session')) late.cookies.set(name, value);
  await late.fetch(fresh);
  expect(await whoIs(late)).toBeUndefined();
});

it('[PEOPLE-1] an address that the provider has not checked opens nobody’s account', async () => {
  const owner = rig.browser();
  await owner.post('/auth/link', { email: ANA.email, lang: 'fr' });
  await owner.post('/auth/link/use', { token: rig.lastToken(ANA.email) });
  provider.is({ ...ANA, sub: 'intruder', email_verified: false });
  const intruder = rig.browser();
  const back = await intruder.fetch(await sentBack(intruder));
  expect(back.headers.get('location')).toMatch(/^\/connexion\?error=/);
  expect(await whoIs(intruder)).toBeUndefined();
  provider.is({ ...ANA, sub: 'checked' });
  const linked = rig.browser();
  await linked.fetch(await sentBack(linked));
  expect((await whoIs(linked))?.personId).toBe((await whoIs(owner))?.personId);
});

it('[PEOPLE-1] who gives up at the provider, or comes back with what was never asked for, is led to the page for signing in, which says so', async () => {
  const failed = /^\/connexion\?error=/;
  provider.refuse('access_denied');
  const browser = rig.browser();
  const back = await browser.fetch(await sentBack(browser));
  expect(back.headers.get('location')).toMatch(failed);
  for (const query of ['code=x&state=y', 'error=access_denied', 'error=server_error&state=y', '']) {
    const answer = await rig.browser().fetch(`/api/auth/callback/oidc?${query}`);
    expect([answer.status, answer.headers.get('location')], query).toEqual([
      302,
      expect.stringMatching(failed),
    ]);
  }
  expect(await whoIs(browser)).toBeUndefined();
});

it('[PEOPLE-7] a token that the provider’s published key did not sign signs nobody in', async () => {
  provider.forge();
  const browser = rig.browser();
  const back = await browser.fetch(await sentBack(browser));
  expect(back.headers.get('location')).toMatch(/error=/);
  expect(await whoIs(browser)).toBeUndefined();
});

it('[PEOPLE-1] while the provider is away a link by email signs in all the same', async () => {
  await provider.close();
  const browser = rig.browser();
  expect((await browser.post('/auth/provider')).status).toBe(503);
  await browser.post('/auth/link', { email: ANA.email, lang: 'fr' });
  await browser.post('/auth/link/use', { token: rig.lastToken(ANA.email) });
  expect(await whoIs(browser)).toMatchObject({ email: ANA.email });
});

it('[PEOPLE-1] without a provider there is no such way in', async () => {
  const without = await createPeopleRig({ url: await postgres.freshDatabase() });
  try {
    expect((await without.browser().fetch('/api/auth/callback/oidc?code=x&state=y')).status).toBe(404);
  } finally {
    await without.close();
  }
});
