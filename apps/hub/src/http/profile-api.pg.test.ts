import { waitingMail, type Me } from '@relais/protocol/people';
import { startTestPostgres, type TestPostgres } from '@relais/testing/test-postgres';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createPeopleRig, FIRST, type PeopleRig, type WebBrowser } from '../../test-support/people-rig.ts';

let postgres: TestPostgres;
let rig: PeopleRig;
let ana: WebBrowser;

beforeAll(async () => {
  postgres = await startTestPostgres();
});
beforeEach(async () => {
  rig = await createPeopleRig({ url: await postgres.freshDatabase() });
  ana = await signedIn('ana@exemple.test');
});
afterEach(() => rig.close());
afterAll(() => postgres.close());

async function signedIn(email: string): Promise<WebBrowser> {
  const browser = rig.browser();
  await browser.post('/auth/link', { email, lang: 'fr' });
  await browser.post('/auth/link/use', { token: rig.lastToken(email) });
  return browser;
}

const me = async (browser: WebBrowser) => (await browser.ask('GET', '/people/me')).body.value as Me;

const PROFILE = {
  name: 'Ana Tremblay',
  organisation: 'Table de concertation',
  territory: 'Témiscamingue',
  languages: ['français', 'anishinaabemowin'],
  offers: 'animer\nécrire des comptes rendus',
  seeks: 'un local',
};

it('[PEOPLE-8] a profile is kept as it was written, and only its name is obligatory', async () => {
  expect(await ana.ask('PUT', '/people/me', PROFILE)).toMatchObject({ status: 200 });
  expect((await me(ana)).profile).toEqual(PROFILE);
  expect(await ana.ask('PUT', '/people/me', { name: 'Ana' })).toMatchObject({ status: 200 });
  expect((await me(ana)).profile).toEqual({
    name: 'Ana',
    organisation: '',
    territory: '',
    languages: [],
    offers: '',
    seeks: '',
  });
  for (const wrong of [
    {},
    { ...PROFILE, name: ' ' },
    { ...PROFILE, name: 'a\nb' },
    { ...PROFILE, organisation: 'x\u0000' },
    { ...PROFILE, offers: 'x'.repeat(601) },
    { ...PROFILE, isAdministrator: true },
    { ...PROFILE, email: 'autre@exemple.test' },
  ]) {
    const answer = await ana.ask('PUT', '/people/me', wrong);
    expect(answer, JSON.stringify(wrong).slice(0, 60)).toMatchObject({
      status: 400,
      body: { refusal: { kind: 'invalidInput' } },
    });
  }
  expect(await me(ana)).toMatchObject({ isAdministrator: false, email: 'ana@exemple.test' });
});

it('[PEOPLE-10] markup in a name is a name like any other: it comes back as it was, as JSON', async () => {
  const name = '<img src=x onerror=alert(1)> & "Ana"';
  await ana.ask('PUT', '/people/me', { name });
  const answer = await ana.ask('GET', '/people/me');
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  expect((answer.body.value as Me).profile.name).toBe(name);
});

const upload = (browser: WebBrowser, body: Uint8Array, type = 'image/jpeg') =>
  browser.fetch('/api/people/me/photo', {
    method: 'PUT',
    body: Uint8Array.from(body),
    headers: { 'content-type': type },
  });

const picture = (format: 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff') =>
  sharp({ create: { width: 900, height: 600, channels: 3, background: '#2a7' } })
    .withExif({ IFD0: { Copyright: 'secret-place' } })
    .toFormat(format)
    .toBuffer();

it.each(['jpeg', 'png', 'webp'] as const)(
  '[PEOPLE-8] a photo (%s) is kept small and square, without what else the file held, and shown to its owner',
  async (format) => {
    expect((await upload(ana, await picture(format))).status).toBe(200);
    const { photo } = await me(ana);
    const shown = await ana.fetch(`/api/people/me/photo/${photo}`);
    expect(shown.headers.get('content-type')).toBe('image/webp');
    expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
    expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'");
    const bytes = Buffer.from(await shown.arrayBuffer());
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'webp', width: 320, height: 320 });
    expect(bytes.includes('secret-place')).toBe(false);
    const other = await signedIn('bea@exemple.test');
    expect((await other.fetch(`/api/people/me/photo/${photo}`)).status).toBe(404);
    expect((await rig.browser().fetch(`/api/people/me/photo/${photo}`)).status).toBe(401);
    expect((await ana.ask('DELETE', '/people/me/photo')).status).toBe(200);
    expect((await me(ana)).photo).toBeNull();
  },
);

it('[PEOPLE-8] what is not a photo is refused, whatever it calls itself', async () => {
  const jpeg = await picture('jpeg');
  const wrong: [string, Uint8Array][] = [
    ['nothing', new Uint8Array()],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a drawing with a script', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')],
    [
      'a page behind the first bytes of a photo',
      Buffer.concat([jpeg.subarray(0, 4), Buffer.from('<script>')]),
    ],
    ['half a photo', jpeg.subarray(0, jpeg.length / 2)],
    ['an animation', await picture('gif')],
    ['another format', await picture('tiff')],
    ['a program', Buffer.from('MZ\u0090\u0000')],
  ];
  for (const [what, bytes] of wrong) {
    const answer = await upload(ana, bytes);
    expect(answer.status, what).toBe(415);
  }
  expect((await me(ana)).photo).toBeNull();
});

it('[PEOPLE-8] a file that would unfold to more points than any photo, or weighs too much, is refused', async () => {
  const huge = await sharp({
    create: { width: 9000, height: 9000, channels: 3, background: '#000' },
    limitInputPixels: false,
  })
    .png({ compressionLevel: 9 })
    .toBuffer();
  expect((await upload(ana, huge)).status).toBe(415);
  expect((await upload(ana, new Uint8Array(6_000_001))).status).toBe(413);
  expect((await me(ana)).photo).toBeNull();
});

it('[PEOPLE-8] nobody’s photo is not even read', async () => {
  expect((await upload(rig.browser(), await picture('jpeg'))).status).toBe(401);
});

it('[MAIL-7] emails that wait are read by who administers the site, and by no other person', async () => {
  const odile = rig.browser();
  const token = rig.lastToken('ana@exemple.test');
  expect((await rig.browser().ask('GET', '/people/mails')).status).toBe(401);
  expect(await ana.ask('GET', '/people/mails')).toMatchObject({
    status: 403,
    body: { refusal: { kind: 'notAllowed' } },
  });
  await odile.post('/auth/first', { ...FIRST, token: rig.people.firstToken });
  const { body } = await odile.ask('GET', '/people/mails');
  const [mail, ...others] = waitingMail.array().parse(body.value);
  expect(others).toEqual([]);
  expect(mail).toMatchObject({ to: 'ana@exemple.test' });
  expect(mail?.text).toContain(`jeton=${token}`);
});
