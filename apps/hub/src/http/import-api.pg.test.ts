import { communityInvitations, people } from '@relais/db';
import type { ImportPreview } from '@relais/protocol/communities';
import { startTestPostgres, type TestPostgres } from '@relais/testing/test-postgres';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { member, named, refused, region, type Region } from '../../test-support/community-rig.ts';
import { createPeopleRig, type PeopleRig, type WebBrowser } from '../../test-support/people-rig.ts';

const FILE = `Courriel;Nom;Organisme;MRC;Peut offrir
ana@exemple.test;Ana <b>Côté</b>;CDC;Témiscamingue;animer
bea@exemple.test;Une autre Béa;;;
bruno@exemple.test;Bruno;;;
pas une adresse;X;;;
`;
let postgres: TestPostgres;
let rig: PeopleRig;
let here: Region;

beforeAll(async () => {
  postgres = await startTestPostgres();
});
beforeEach(async () => {
  rig = await createPeopleRig({ url: await postgres.freshDatabase() });
  here = await region(rig);
});
afterEach(() => rig.close());
afterAll(() => postgres.close());

async function send(browser: WebBrowser, path: string, file: string | Uint8Array) {
  const body = typeof file === 'string' ? file : Buffer.from(file);
  const headers = { 'content-type': 'application/octet-stream' };
  const response = await browser.fetch(`/api/communities/loisir/import${path}`, {
    method: 'POST',
    body,
    headers,
  });
  return { status: response.status, body: (await response.json()) as { value?: unknown } };
}
const accounts = () => rig.database.orm.$count(people);
const pending = () => rig.database.orm.$count(communityInvitations);

it('[COMM-10] a file is shown first, and nothing is written until it is confirmed', async () => {
  await named(rig, 'bea@exemple.test', 'Béa');
  await member(rig, here, 'Bruno');
  const [before, written] = [await accounts(), rig.mails.length];
  const preview = (await send(here.coline, '/preview', FILE)).body.value as ImportPreview;
  expect(preview.people.map(({ line, email, outcome }) => [line, email, outcome])).toEqual([
    [2, 'ana@exemple.test', 'invite'],
    // Whether there is an account is not told.
    [3, 'bea@exemple.test', 'invite'],
    [4, 'bruno@exemple.test', 'member'],
  ]);
  expect(preview.problems).toEqual([
    { line: 5, problem: { kind: 'emailWrong', written: 'pas une adresse' } },
  ]);
  expect([await accounts(), await pending(), rig.mails.length]).toEqual([before, 0, written]);

  expect(await send(here.coline, '?lang=en', FILE)).toMatchObject({
    body: { value: { invited: 2, leftOut: 1 } },
  });
  expect(rig.mails.slice(written)).toMatchObject([
    { to: 'ana@exemple.test', kind: 'communityInvitation', lang: 'en', days: 30 },
    { to: 'bea@exemple.test', kind: 'communityInvitation' },
  ]);
  // Who had an account keeps what they said of themselves.
  const [bea] = await rig.database.orm.select().from(people).where(eq(people.email, 'bea@exemple.test'));
  expect(bea?.name).toBe('Béa');
  expect(await accounts()).toBe(before + 1);
});

it('[COMM-10] who was imported has an account without a password, and is a member when they accept', async () => {
  await send(here.coline, '?lang=fr', FILE);
  const token = rig.lastInvitation('ana@exemple.test');
  expect(await here.coline.ask('GET', '/communities/loisir/members')).toMatchObject({
    body: { value: { total: 1 } },
  });
  const ana = rig.browser();
  await ana.post('/auth/link', { email: 'ana@exemple.test', lang: 'fr' });
  await ana.post('/auth/link/use', { token: rig.lastToken('ana@exemple.test') });
  expect(await ana.ask('GET', '/people/me')).toMatchObject({
    body: { value: { hasPassword: false, profile: { name: 'Ana <b>Côté</b>', territory: 'Témiscamingue' } } },
  });
  await ana.post('/communities/invitation/accept', { token, lang: 'fr' });
  expect(await ana.ask('GET', '/communities/loisir/members?expertise=animer')).toMatchObject({
    body: { value: { members: [{ name: 'Ana <b>Côté</b>', isSelf: true }] } },
  });
});

it('[COMM-10] the same file twice, or many times at once, writes to nobody again', async () => {
  const written = rig.mails.length;
  const sent = await Promise.all(Array.from({ length: 4 }, () => send(here.coline, '?lang=fr', FILE)));
  expect(sent.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(rig.mails.length).toBe(written + 3);
  expect(await pending()).toBe(3);
  const again = (await send(here.coline, '/preview', FILE)).body.value as ImportPreview;
  expect(again.people.map(({ outcome }) => outcome)).toEqual(['invited', 'invited', 'invited']);
});

it('[COMM-10] only who coordinates imports, from a page of ours, a file of a bounded size', async () => {
  const bea = await member(rig, here, 'Béa');
  const eve = await named(rig, 'eve@exemple.test', 'Ève');
  for (const path of ['/preview', '?lang=fr']) {
    expect(await send(bea, path, FILE)).toMatchObject(refused('notAllowed'));
    expect(await send(eve, path, FILE)).toMatchObject(refused('unknownId'));
    expect(await send(rig.browser(), path, FILE)).toMatchObject(refused('notSignedIn'));
    expect(await send(here.coline, path, 'x'.repeat(400_001))).toMatchObject({
      status: 413,
      ...refused('tooLarge'),
    });
    expect(await send(here.coline, path, Buffer.from('é', 'latin1'))).toMatchObject(refused('notUtf8'));
  }
  expect(await send(here.coline, '', FILE)).toMatchObject(refused('invalidInput'));
  here.coline.origin = 'https://ailleurs.example';
  expect(await send(here.coline, '?lang=fr', FILE)).toMatchObject(refused('foreignOrigin'));
  expect(await pending()).toBe(0);
});
