import { startTestPostgres, type TestPostgres } from '@relais/testing/test-postgres';
import { people } from '@relais/db';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  invitations,
  invitationTo,
  LOISIR,
  member,
  named,
  refused,
  region,
  type Region,
} from '../../test-support/community-rig.ts';
import { createPeopleRig, type PeopleRig, type WebBrowser } from '../../test-support/people-rig.ts';

const DAY_MS = 86_400_000;
let postgres: TestPostgres;
let rig: PeopleRig;
let here: Region;
let now = Date.now();

beforeAll(async () => {
  postgres = await startTestPostgres();
});
beforeEach(async () => {
  rig = await createPeopleRig({ url: await postgres.freshDatabase(), now: () => now });
  here = await region(rig);
});
afterEach(() => rig.close());
afterAll(() => postgres.close());

const invite = (...emails: string[]) =>
  here.coline.post('/communities/loisir/invitations', invitationTo(...emails));
async function link(days = 7): Promise<{ token: string; invitationId: string }> {
  const made = await here.coline.post('/communities/loisir/invitations', { kind: 'link', days, lang: 'fr' });
  const { url, invitationId } = made.body.value as { url: string; invitationId: string };
  return { token: new URL(url).searchParams.get('jeton')!, invitationId };
}
const look = (token: string, browser = rig.browser()) =>
  browser.post('/communities/invitation/look', { token });
const accept = (browser: WebBrowser, token: string) =>
  browser.post('/communities/invitation/accept', { token, lang: 'fr' });

it('[COMM-5] who is invited by email becomes a member by the link in it, once', async () => {
  expect(await invite('ana@exemple.test', 'ANA@exemple.test', 'bea@exemple.test')).toMatchObject({
    body: { value: { invited: 2, alreadyMembers: [] } },
  });
  const token = rig.lastToken('ana@exemple.test');
  expect((await look(token)).body.value).toEqual({
    slug: 'loisir',
    name: LOISIR.name,
    description: LOISIR.description,
    role: 'member',
    invitedBy: 'Coline Roy',
    email: 'ana@exemple.test',
  });
  const ana = await named(rig, 'ana@exemple.test', 'Ana');
  expect(await accept(ana, token)).toMatchObject({ body: { value: { slug: 'loisir' } } });
  expect(await ana.ask('GET', '/communities/loisir/members')).toMatchObject({ status: 200 });
  expect(await accept(ana, token)).toMatchObject(refused('linkInvalid'));
  expect(await look(token)).toMatchObject(refused('linkInvalid'));
  expect(await invite('ana@exemple.test')).toMatchObject({
    body: { value: { invited: 0, alreadyMembers: ['ana@exemple.test'] } },
  });
});

it('[COMM-5] an invitation by email is for that address alone, proved', async () => {
  await invite('ana@exemple.test');
  const token = rig.lastToken('ana@exemple.test');
  const eve = await named(rig, 'eve@exemple.test', 'Ève');
  expect(await accept(eve, token)).toMatchObject({ status: 403, ...refused('otherAddress') });
  const ana = await named(rig, 'ana@exemple.test', 'Ana');
  await rig.database.orm
    .update(people)
    .set({ emailVerified: false })
    .where(eq(people.email, 'ana@exemple.test'));
  expect(await accept(ana, token)).toMatchObject(refused('otherAddress'));
  expect(await ana.post('/communities/loisir/join', { lang: 'fr' })).toMatchObject(refused('notOpen'));
});

it('[COMM-5] a second invitation takes the place of the first, and one that is revoked or has run out is none', async () => {
  await invite('ana@exemple.test');
  const first = rig.lastToken('ana@exemple.test');
  await invite('ana@exemple.test');
  const second = rig.lastToken('ana@exemple.test');
  expect(await look(first)).toMatchObject(refused('linkInvalid'));
  expect(await look(second)).toMatchObject({ status: 200 });
  const pending = await invitations(here.coline);
  // What was sent to an address is not shown to who sent it: it would open the invitation to them.
  expect(pending).toMatchObject([{ email: 'ana@exemple.test', url: null, invitedBy: 'Coline Roy' }]);
  const path = `/communities/loisir/invitations/${pending[0]!.invitationId}`;
  const bea = await member(rig, here, 'Béa');
  expect(await bea.ask('DELETE', path)).toMatchObject(refused('notAllowed'));
  expect(await here.coline.ask('DELETE', path)).toMatchObject({ status: 200 });
  const ana = await named(rig, 'ana@exemple.test', 'Ana');
  expect(await accept(ana, second)).toMatchObject(refused('linkInvalid'));

  await invite('ana@exemple.test');
  now += 31 * DAY_MS;
  const late = await named(rig, 'ana@exemple.test', 'Ana');
  expect(await accept(late, rig.lastInvitation('ana@exemple.test'))).toMatchObject(refused('linkInvalid'));
  expect(await late.post('/communities/loisir/join', { lang: 'fr' })).toMatchObject(refused('notOpen'));
});

it('[COMM-6] a link takes in whoever has it, until it has run out or is revoked', async () => {
  const { token, invitationId } = await link(1);
  for (const name of ['Ana', 'Bea'])
    expect(await accept(await named(rig, `${name.toLowerCase()}@exemple.test`, name), token)).toMatchObject({
      status: 200,
    });
  // It is shown again, for as long as it is good.
  expect(
    (await invitations(here.coline)).map(({ url }) => url && new URL(url).searchParams.get('jeton')),
  ).toEqual([token]);
  const eve = await named(rig, 'eve@exemple.test', 'Ève');
  now += 2 * DAY_MS;
  expect(await accept(eve, token)).toMatchObject(refused('linkInvalid'));
  const other = await link();
  await here.coline.ask('DELETE', `/communities/loisir/invitations/${other.invitationId}`);
  expect(await accept(eve, other.token)).toMatchObject(refused('linkInvalid'));
  for (const forged of [invitationId + 'A'.repeat(32), 'x'.repeat(48), 'x'.repeat(16)])
    expect(await look(forged)).toMatchObject(refused('linkInvalid'));
  expect((await link()).token).not.toBe(token);
});

it('[COMM-6] a link that is accepted many times at once makes each one member once', async () => {
  const { token } = await link();
  const ana = await named(rig, 'ana@exemple.test', 'Ana');
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => accept(ana, token)));
  expect(outcomes.every(({ status }) => status === 200)).toBe(true);
  const { body } = await ana.ask('GET', '/communities/loisir/members');
  expect(body.value).toMatchObject({ total: 2 });
});

it('[COMM-11] orders of invitations are bounded and limited', async () => {
  const many = Array.from({ length: 51 }, (_, i) => `p${i}@exemple.test`);
  expect(await invite(...many)).toMatchObject(refused('invalidInput'));
  expect(await invite('pas une adresse')).toMatchObject(refused('invalidInput'));
  const kinds: (string | undefined)[] = [];
  for (let i = 0; i < 31; i += 1) kinds.push((await invite(`q${i}@exemple.test`)).body.refusal?.kind);
  expect(kinds.at(-1)).toBe('tooMany');
  now += 3_600_000;
  expect(await invite('r@exemple.test')).toMatchObject({ status: 200 });
});
