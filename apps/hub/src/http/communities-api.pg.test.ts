import type { CommunityView, DirectoryView } from '@relais/protocol/communities';
import { people, photos } from '@relais/db';
import { startTestPostgres, type TestPostgres } from '@relais/testing/test-postgres';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  idOf,
  LOISIR,
  member,
  named,
  refused,
  region,
  type Region,
} from '../../test-support/community-rig.ts';
import { createPeopleRig, type PeopleRig, type WebBrowser } from '../../test-support/people-rig.ts';

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

const page = async (browser: WebBrowser, slug = 'loisir') =>
  (await browser.ask('GET', `/communities/${slug}`)).body.value as CommunityView;
const directory = async (browser: WebBrowser, query = '') =>
  (await browser.ask('GET', `/communities/loisir/members${query}`)).body.value as DirectoryView;
const names = async (browser: WebBrowser, query = '') =>
  (await directory(browser, query)).members.map(({ name }) => name);

it('[COMM-1] who administers the site makes a community, and whom they name coordinates it', async () => {
  expect(await page(here.coline)).toEqual({
    slug: LOISIR.slug,
    name: LOISIR.name,
    description: LOISIR.description,
    joining: 'request',
    members: 1,
    hasCoordinator: true,
    mine: { role: 'coordinator', requested: false, invited: false },
  });
  expect(rig.mails.find(({ to }) => to === LOISIR.coordinator)).toMatchObject({
    kind: 'communityInvitation',
    community: LOISIR.name,
    invitedBy: 'Odile Gagnon',
  });
  const { administrator } = here;
  expect(await administrator.post('/communities', LOISIR)).toMatchObject(refused('slugTaken'));
  for (const slug of ['nouvelle', 'Loisir', 'a/b', '', '-a', 'x'.repeat(61)])
    expect(await administrator.post('/communities', { ...LOISIR, slug })).toMatchObject(
      refused('invalidInput'),
    );
  expect(await here.coline.post('/communities', { ...LOISIR, slug: 'autre' })).toMatchObject(
    refused('notAllowed'),
  );
  // Themselves: nobody has to be invited.
  const own = { ...LOISIR, slug: 'logement', coordinator: 'odile@exemple.test' };
  expect(await administrator.post('/communities', own)).toMatchObject({ status: 200 });
  expect((await page(administrator, 'logement')).mine.role).toBe('coordinator');
});

it('[COMM-1] a coordinator is named anew where none is left, and nowhere else', async () => {
  const { administrator, coline } = here;
  const who = { email: 'ana@exemple.test', lang: 'fr' };
  const ask = () => administrator.ask('PUT', '/communities/loisir/coordinator', who);
  const ana = await member(rig, here, 'Ana');
  expect(await ask()).toMatchObject(refused('notOpen'));
  await rig.database.orm.delete(people).where(eq(people.id, await idOf(coline)));
  expect((await page(ana)).hasCoordinator).toBe(false);
  expect(await ask()).toMatchObject({ status: 200 });
  expect((await page(ana)).mine.role).toBe('coordinator');
});

it('[COMM-2] whoever is signed in sees the page and not who is in, others see nothing', async () => {
  const stranger = await named(rig, 'eve@exemple.test', 'Ève');
  expect(await page(stranger)).toMatchObject({ name: LOISIR.name, members: 1, mine: { role: null } });
  const hidden = ['members', 'requests', 'invitations', `members/${await idOf(here.coline)}/photo/v`];
  for (const browser of [stranger, here.administrator]) {
    const unknown = await browser.ask('GET', '/communities/nulle-part/members');
    expect(unknown).toMatchObject({ status: 404, ...refused('unknownId') });
    for (const path of hidden) {
      const { status, body } = await browser.ask('GET', `/communities/loisir/${path}`);
      expect({ path, status, body }).toEqual({ path, status: unknown.status, body: unknown.body });
    }
    const change = await browser.ask('PUT', '/communities/loisir', { name: 'À moi', joining: 'open' });
    expect(change).toMatchObject(refused('unknownId'));
  }
  for (const path of ['', '/loisir', '/loisir/members', '/nulle-part'])
    expect(await rig.browser().ask('GET', `/communities${path}`)).toMatchObject(refused('notSignedIn'));
});

it('[COMM-2] a role in one community opens nothing of another, whatever ids are written', async () => {
  const { administrator, coline } = here;
  await administrator.post('/communities', { ...LOISIR, slug: 'aines', coordinator: 'zoe@exemple.test' });
  const zoe = await named(rig, 'zoe@exemple.test', 'Zoé');
  await zoe.post('/communities/aines/join', { lang: 'fr' });
  const link = { kind: 'link', days: 7, lang: 'fr' };
  const made = await coline.post('/communities/loisir/invitations', link);
  const { invitationId } = made.body.value as { invitationId: string };
  const ofColine = await idOf(coline);
  for (const [method, path, body] of [
    ['DELETE', `/communities/aines/invitations/${invitationId}`],
    ['DELETE', `/communities/aines/members/${ofColine}`],
    ['PUT', `/communities/aines/members/${ofColine}`, { role: 'member' }],
    ['GET', `/communities/aines/members/${ofColine}/photo/v`],
    ['POST', `/communities/aines/requests/${ofColine}`, { accept: true }],
    ['PUT', '/communities/loisir', { name: 'À moi', joining: 'open' }],
    ['POST', '/communities/loisir/invitations', link],
  ] as const)
    expect(await zoe.ask(method, path, body)).toMatchObject(refused('unknownId'));
  expect(await page(coline)).toMatchObject({ name: LOISIR.name, mine: { role: 'coordinator' } });
});

it('[COMM-3] coordinators give and take roles; who is not one does not', async () => {
  const { coline } = here;
  const ana = await member(rig, here, 'Ana');
  const bea = await member(rig, here, 'Béa');
  const to = `/communities/loisir/members/${await idOf(ana)}`;
  expect(await bea.ask('PUT', to, { role: 'coordinator' })).toMatchObject(refused('notAllowed'));
  expect(await coline.ask('PUT', to, { role: 'animator' })).toMatchObject({ status: 200 });
  expect((await page(ana)).mine.role).toBe('animator');
  expect(await ana.ask('PUT', to, { role: 'coordinator' })).toMatchObject(refused('notAllowed'));
  expect(await coline.ask('PUT', to, { role: 'owner' })).toMatchObject(refused('invalidInput'));
  expect(await coline.ask('DELETE', to)).toMatchObject({ status: 200 });
  expect(await ana.ask('GET', '/communities/loisir/members')).toMatchObject(refused('unknownId'));
  expect(await coline.ask('DELETE', to)).toMatchObject(refused('unknownId'));
  expect(await bea.post('/communities/loisir/leave')).toMatchObject({ status: 200 });
  expect(await names(coline)).toEqual(['Coline Roy']);
});

it('[COMM-4] the last coordinator stays one, however many stop at once', async () => {
  const { coline } = here;
  const last = refused('lastCoordinator');
  const self = `/communities/loisir/members/${await idOf(coline)}`;
  expect(await coline.post('/communities/loisir/leave')).toMatchObject({ status: 409, ...last });
  expect(await coline.ask('PUT', self, { role: 'member' })).toMatchObject(last);
  expect(await coline.ask('DELETE', self)).toMatchObject(last);
  const all = [coline];
  for (const name of ['Ana', 'Béa', 'Chloé']) {
    const one = await member(rig, here, name);
    await coline.ask('PUT', `/communities/loisir/members/${await idOf(one)}`, { role: 'coordinator' });
    all.push(one);
  }
  const ids = await Promise.all(all.map(idOf));
  const outcomes = await Promise.all(
    all.map((one, i) =>
      i % 2 === 0
        ? one.post('/communities/loisir/leave')
        : one.ask('PUT', `/communities/loisir/members/${ids[i]}`, { role: 'member' }),
    ),
  );
  expect(outcomes.filter(({ status }) => status === 200)).toHaveLength(3);
  expect(outcomes.filter(({ body }) => body.refusal?.kind === 'lastCoordinator')).toHaveLength(1);
});

it('[COMM-7] who asks is taken in by one who coordinates, and both are written to', async () => {
  const { coline } = here;
  const ana = await named(rig, 'ana@exemple.test', 'Ana <b>Tremblay</b>', { territory: 'Témiscamingue' });
  const ask = (word: string) => ana.ask('PUT', '/communities/loisir/request', { word, lang: 'en' });
  expect(await ask('J’anime <i>seule</i>.')).toMatchObject({ status: 200 });
  expect(await ask('J’anime à Ville-Marie.')).toMatchObject({ status: 200 });
  expect(rig.mails.filter(({ kind }) => kind === 'communityRequest')).toMatchObject([
    { to: LOISIR.coordinator, lang: 'fr', person: 'Ana <b>Tremblay</b>', word: 'J’anime <i>seule</i>.' },
  ]);
  expect((await page(ana)).mine).toEqual({ role: null, requested: true, invited: false });
  const asked = (await coline.ask('GET', '/communities/loisir/requests')).body.value;
  expect(asked).toMatchObject([{ name: 'Ana <b>Tremblay</b>', word: 'J’anime à Ville-Marie.' }]);
  const decide = `/communities/loisir/requests/${await idOf(ana)}`;
  const decisions = await Promise.all([
    coline.post(decide, { accept: true, word: 'Bienvenue.' }),
    coline.post(decide, { accept: true, word: 'Bienvenue.' }),
  ]);
  expect(decisions.map(({ status }) => status).sort()).toEqual([200, 404]);
  expect(rig.mails.filter(({ kind }) => kind === 'communityAccepted')).toMatchObject([
    { to: 'ana@exemple.test', lang: 'en', word: 'Bienvenue.' },
  ]);
  expect((await page(ana)).mine.role).toBe('member');

  const bea = await named(rig, 'bea@exemple.test', 'Béa');
  await bea.ask('PUT', '/communities/loisir/request', { lang: 'fr' });
  await coline.post(`/communities/loisir/requests/${await idOf(bea)}`, { accept: false });
  expect(rig.mails.at(-1)).toMatchObject({ kind: 'communityDeclined', to: 'bea@exemple.test' });
  expect((await page(bea)).mine).toEqual({ role: null, requested: false, invited: false });
});

it('[COMM-7] a request can be taken back, and is made only where it is of use', async () => {
  const ana = await named(rig, 'ana@exemple.test', 'Ana');
  await ana.ask('PUT', '/communities/loisir/request', { lang: 'fr' });
  await ana.ask('DELETE', '/communities/loisir/request');
  expect((await page(ana)).mine.requested).toBe(false);
  expect(await ana.post('/communities/loisir/join', { lang: 'fr' })).toMatchObject(refused('notOpen'));
  await here.coline.ask('PUT', '/communities/loisir', { name: 'Loisir', joining: 'open' });
  expect(await ana.ask('PUT', '/communities/loisir/request', { lang: 'fr' })).toMatchObject(
    refused('notOpen'),
  );
  const nameless = rig.browser();
  await nameless.post('/auth/link', { email: 'sans@exemple.test', lang: 'fr' });
  await nameless.post('/auth/link/use', { token: rig.lastToken('sans@exemple.test') });
  expect(await nameless.post('/communities/loisir/join', { lang: 'fr' })).toMatchObject(
    refused('nameMissing'),
  );
  expect(await ana.post('/communities/loisir/join', { lang: 'fr' })).toMatchObject({ status: 200 });
  expect(await ana.post('/communities/loisir/join', { lang: 'fr' })).toMatchObject({ status: 200 });
  expect((await page(ana)).mine.role).toBe('member');
});

it('[COMM-8] members are found by name, organisation, territory and expertise, whatever the accents and capitals', async () => {
  const ana = await member(rig, here, 'Ana Côté', {
    organisation: 'CDC du Témiscamingue',
    territory: 'Témiscamingue',
    offers: 'animer un cercle',
    seeks: 'un œil sur nos comptes',
  });
  await member(rig, here, 'Édith 100 %', { territory: 'Abitibi-Ouest', offers: 'comptabilité <b>_' });
  const all = ['Ana Côté', 'Coline Roy', 'Édith 100 %'];
  expect(await names(ana)).toEqual(all);
  for (const [query, found] of [
    ['?q=cote', ['Ana Côté']],
    ['?q=TEMISCAMINGUE%20ana', ['Ana Côté']],
    ['?q=é', ['Ana Côté', 'Coline Roy', 'Édith 100 %']],
    ['?q=%25', ['Édith 100 %']],
    ['?q=_', []],
    ['?territory=abitibi', ['Édith 100 %']],
    ['?expertise=compta', ['Édith 100 %']],
    ['?expertise=oeil', ['Ana Côté']],
    ['?expertise=%3Cb%3E_', ['Édith 100 %']],
    ['?q=ana&territory=abitibi', []],
  ] as const)
    expect({ query, found: await names(ana, query) }).toEqual({ query, found });
  expect(await directory(ana, '?expertise=compt')).toMatchObject({ total: 2, next: null });
  expect((await directory(ana)).members.every(({ email }) => email === undefined)).toBe(true);
  expect((await directory(here.coline, '?q=cote')).members).toMatchObject([{ email: 'anact@exemple.test' }]);
  for (const query of [`?q=${'x'.repeat(101)}`, '?q=a&q=b', '?after=x', '?q=%00'])
    expect(await ana.ask('GET', `/communities/loisir/members${query}`)).toMatchObject(
      refused('invalidInput'),
    );
});

it('[COMM-8] a long directory comes page by page, and nobody is there twice', async () => {
  const stamps = { createdAt: new Date(), updatedAt: new Date() };
  const many = Array.from({ length: 120 }, (_, i) => ({
    id: `p${i}`,
    email: `p${i}@exemple.test`,
    emailVerified: true,
    // Some share their name.
    name: `Personne ${i % 40}`,
    ...stamps,
  }));
  const { orm } = rig.database;
  await orm.insert(people).values(many);
  const found = await rig.communities.find('loisir');
  if (!found.ok || !found.value) throw new Error('no community');
  await orm.execute(
    `insert into memberships select '${found.value.communityId}', id, 'member', 'fr', now() from people where id like 'p%' on conflict do nothing`,
  );
  const seen: string[] = [];
  for (let query: string | undefined = ''; query !== undefined;) {
    const { members, next, total }: DirectoryView = await directory(here.coline, query);
    expect(total).toBe(121);
    expect(members.length).toBeLessThanOrEqual(50);
    seen.push(...members.map(({ personId }) => personId));
    query = next === null ? undefined : `?after=${encodeURIComponent(next)}`;
  }
  expect(seen).toHaveLength(121);
  expect(new Set(seen).size).toBe(121);
});

it('[COMM-2] a photo in the directory is for members alone', async () => {
  const ana = await member(rig, here, 'Ana');
  const personId = await idOf(ana);
  await rig.database.orm
    .insert(photos)
    .values({ personId, version: 'v1', image: new Uint8Array([1, 2]), at: new Date() });
  const path = `/api/communities/loisir/members/${personId}/photo/v1`;
  const shown = await here.coline.fetch(path);
  expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/webp']);
  const stranger = await named(rig, 'eve@exemple.test', 'Ève');
  for (const browser of [stranger, rig.browser()]) expect((await browser.fetch(path)).status).not.toBe(200);
});

it('[PEOPLE-5] what changes something is taken from a page of ours alone', async () => {
  const { coline } = here;
  const own = coline.origin;
  const ana = await named(rig, 'ana@exemple.test', 'Ana');
  for (const origin of ['https://ailleurs.example', undefined, 'null']) {
    coline.origin = origin;
    ana.origin = origin;
    for (const [browser, method, path, body] of [
      [coline, 'PUT', '/communities/loisir', { name: 'À moi', joining: 'open' }],
      [coline, 'POST', '/communities/loisir/invitations', { kind: 'link', days: 7, lang: 'fr' }],
      [coline, 'POST', '/communities/loisir/leave', {}],
      [ana, 'PUT', '/communities/loisir/request', { lang: 'fr' }],
      [ana, 'POST', '/communities/invitation/accept', { token: 'x'.repeat(48), lang: 'fr' }],
    ] as const)
      expect(await browser.ask(method, path, body)).toMatchObject({
        status: 403,
        ...refused('foreignOrigin'),
      });
  }
  coline.origin = own;
  expect(await page(coline)).toMatchObject({ name: LOISIR.name, joining: 'request' });
});
