import { meetingEvents, meetings, people } from '@relais/db';
import type { MeetingId } from '@relais/protocol';
import type { AttendancePage, RegisterPage } from '@relais/protocol/privacy';
import { startTestPostgres, type TestPostgres } from '@relais/testing/test-postgres';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { idOf, member, refused, region, type Region } from '../../test-support/community-rig.ts';
import { createPeopleRig, FIRST, type PeopleRig, type WebBrowser } from '../../test-support/people-rig.ts';
import { createPostgresEntryStore } from '../adapters/postgres-entry-store.ts';

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

async function lines(browser: WebBrowser, path = '/people/register') {
  const { body } = await browser.ask('GET', path);
  return (body.value as RegisterPage).lines;
}
const kinds = async (browser: WebBrowser, path?: string) =>
  (await lines(browser, path)).map(({ kind }) => kind).reverse();

it('[PRIV-6] [PRIV-8] what people agree to and what is done in a community is told, with who did it to whom', async () => {
  const ana = await member(rig, here, 'Ana Tremblay');
  const { coline } = here;
  const before = (await kinds(coline, '/communities/loisir/register')).length;
  const id = await idOf(ana);
  await coline.ask('PUT', `/communities/loisir/members/${id}`, { role: 'animator' });
  await coline.post('/communities/loisir/invitations', {
    kind: 'email',
    emails: ['leo@exemple.test'],
    role: 'member',
    lang: 'fr',
  });
  await coline.post('/communities/loisir/invitations', { kind: 'link', days: 7, lang: 'fr' });
  const { body } = await coline.ask('GET', '/communities/loisir/invitations');
  const [{ invitationId }] = body.value as [{ invitationId: string }];
  await coline.ask('DELETE', `/communities/loisir/invitations/${invitationId}`);
  await coline.ask('DELETE', `/communities/loisir/members/${id}`);
  const done = await kinds(coline, '/communities/loisir/register');
  expect(done.slice(0, 2)).toEqual(['communityMade', 'coordinatorNamed']);
  expect(done.filter((kind) => kind === 'communityJoined')).toHaveLength(2);
  expect(done.slice(before)).toEqual([
    'roleChanged',
    'invitationsSent',
    'invitationLinkMade',
    'invitationRevoked',
    'memberRemoved',
  ]);
  const [removed] = await lines(coline, '/communities/loisir/register');
  expect(removed).toMatchObject({ subject: 'Ana Tremblay', community: 'Loisir en région' });
  expect(removed?.actor).toEqual(expect.any(String));
  // To them it is told, too; and of the community to nobody else.
  expect(await kinds(ana, '/people/me/register')).toEqual(
    expect.arrayContaining(['privacyAccepted', 'communityJoined', 'roleChanged', 'memberRemoved']),
  );
  expect(await ana.ask('GET', '/communities/loisir/register')).toMatchObject(refused('unknownId'));
  expect(await here.administrator.ask('GET', '/communities/loisir/register')).toMatchObject(
    refused('unknownId'),
  );
  expect(await kinds(here.administrator)).toEqual(expect.arrayContaining(['administratorMade', ...done]));
});

it('[PRIV-6] that somebody read the emails that wait is told', async () => {
  await here.administrator.ask('GET', '/people/mails');
  expect((await lines(here.administrator))[0]).toMatchObject({ kind: 'mailsRead', actor: FIRST.name });
});

it('[PRIV-8] the consent of signing in is kept once', async () => {
  const ana = await member(rig, here, 'Ana Tremblay');
  await ana.post('/auth/link', { email: 'anatremblay@exemple.test', lang: 'fr' });
  await ana.post('/auth/link/use', { token: rig.lastToken('anatremblay@exemple.test') });
  const own = await lines(ana, '/people/me/register?kind=privacyAccepted');
  expect(own).toMatchObject([{ actor: 'Ana Tremblay', subject: 'Ana Tremblay' }]);
});

it('[PRIV-6] settings of entry and links for guests are told with their meeting', async () => {
  const meetingId = 'm1' as MeetingId;
  await rig.database.orm
    .insert(meetings)
    .values({ meetingId, code: 'abc-defg-hjk', title: 'Cercle', version: 1, createdAt: new Date() });
  const store = createPostgresEntryStore(rig.database);
  const by = { actorId: undefined, at: Date.now() };
  const link = { linkId: 'l1', label: '', seats: 2, createdAt: by.at, expiresAt: by.at + 1000 };
  await store.save(meetingId, { rule: 'invited', communityId: undefined }, by);
  await store.addLink(meetingId, link, 1, { ...by, at: by.at + 1 });
  // Neither of these was done.
  await store.addLink(meetingId, { ...link, linkId: 'l2' }, 1, by);
  await store.revoke(meetingId, 'l2', by.at, by);
  await store.revoke(meetingId, 'l1', by.at, { ...by, at: by.at + 2 });
  const told = (await lines(here.administrator)).filter(({ meeting }) => meeting === 'Cercle');
  expect(told.map(({ kind, actor }) => [kind, actor])).toEqual([
    ['guestLinkRevoked', null],
    ['guestLinkMade', null],
    ['entryChanged', null],
  ]);
});

it('[PRIV-6] a meeting that is announced, changed or cancelled is told once for each act, a recurrence too, to who did it and to who administers the site', async () => {
  const { coline } = here;
  const meeting = {
    title: 'Cercle',
    ...{ date: '2099-02-03', time: '10:00', timeZone: 'America/Toronto', minutes: 60, lang: 'fr' },
  };
  const soon = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  const announced = await coline.post('/calendar', {
    ...{ ...meeting, date: soon, community: 'loisir', entry: 'invited' },
    recurrence: { every: 'week', count: 3 },
  });
  expect(announced.body).toMatchObject({ ok: true });
  const path = `/calendar/meetings/${(announced.body.value as { code: string }).code}`;
  const { lang: _, ...changed } = { ...meeting, date: soon, title: 'Grand cercle' };
  const change = { ...changed, scope: 'one', sequence: 0 };
  expect((await coline.ask('PUT', path, change)).body).toMatchObject({ ok: true });
  // What comes too late changes nothing, and neither does cancelling once more.
  expect((await coline.ask('PUT', path, change)).status).toBe(409);
  for (let n = 0; n < 2; n++) await coline.post(`${path}/cancel`, { scope: 'one' });
  const told = (all: RegisterPage['lines']) =>
    all.filter(({ meeting }) => meeting === 'Grand cercle').map(({ kind }) => kind);
  const all = ['meetingCancelled', 'meetingChanged', 'meetingAnnounced'];
  expect(told(await lines(here.administrator))).toEqual(all);
  expect(told(await lines(coline, '/people/me/register'))).toEqual(all);
  expect(told(await lines(coline, '/communities/loisir/register'))).toEqual([]);
});

it('[PRIV-9] who came to meetings and when they left is read page by page by who administers the site alone', async () => {
  const ana = await member(rig, here, 'Ana Tremblay');
  const [person] = await rig.database.orm
    .select()
    .from(people)
    .where(eq(people.email, 'anatremblay@exemple.test'));
  const at = Date.now() - 3_600_000;
  await rig.database.orm
    .insert(meetings)
    .values({ meetingId: 'm1', code: 'abc-defg-hjk', title: 'Cercle', version: 60, createdAt: new Date(at) });
  const joined = (n: number) => ({ type: 'participantJoined', participantId: `p${n}`, name: `Invitée ${n}` });
  const events = [
    { ...joined(0), name: 'Ana', personId: person!.id },
    { type: 'participantLeft', participantId: 'p0', reason: 'left' },
    // They come back to the seat that they had.
    { ...joined(0), name: 'Ana', personId: person!.id },
    ...Array.from({ length: 55 }, (_, index) => joined(index + 1)),
    { type: 'participantLeft', participantId: 'p55', reason: 'removed', by: 'p0' },
  ].map((event, index) => ({ ...event, at: at + index * 1000 }));
  await rig.database.orm.insert(meetingEvents).values(
    events.map((payload, index) => {
      return {
        meetingId: 'm1',
        version: index + 1,
        type: payload.type,
        payload,
        at: new Date(payload.at),
      };
    }),
  );
  const read = async (query = '') =>
    (await here.administrator.ask('GET', `/people/register/attendance${query}`)).body.value as AttendancePage;
  const first = await read();
  expect(first.lines).toHaveLength(50);
  expect(first.lines[0]).toMatchObject({ name: 'Invitée 55', hasAccount: false, reason: 'removed' });
  const second = await read(`?before=${first.next}`);
  expect(second.next).toBeNull();
  expect(second.lines).toHaveLength(7);
  expect(second.lines.slice(-2)).toMatchObject([
    { name: 'Ana', hasAccount: true, leftAt: null, reason: null },
    { name: 'Ana', meeting: 'Cercle', cameAt: at, leftAt: at + 1000, reason: 'left' },
  ]);
  expect(await ana.ask('GET', '/people/register/attendance')).toMatchObject(refused('notAllowed'));
  const wrong = await here.administrator.ask('GET', '/people/register/attendance?before=x');
  expect(wrong).toMatchObject(refused('invalidInput'));
});
