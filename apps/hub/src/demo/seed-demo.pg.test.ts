import {
  calendarAttendees,
  calendarMeetings,
  communities,
  communityRequests,
  createDatabase,
  type Database,
  meetingEvents,
  meetings,
  memberships,
  people,
  photos,
  registerEntries,
} from '@relais/db';
import { evolve } from '@relais/domain';
import { meetingEvent, type MeetingId, type MeetingState } from '@relais/protocol';
import { registerPage } from '@relais/protocol/privacy';
import { startTestPostgres, type TestPostgres } from '@relais/testing/test-postgres';
import { asc, count, eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createPeopleRig } from '../../test-support/people-rig.ts';
import { createPostgresNoteStore } from '../adapters/postgres-note-store.ts';
import { NoteText } from '../features/notes/note-text.ts';
import { seedDemo } from './seed-demo.ts';

const SECRET = 'a secret of the tests, thirty-two characters and more';
const NOW = Date.parse('2026-11-23T12:00:00Z');
const DAY_MS = 86_400_000;
let postgres: TestPostgres;
let url: string;
let database: Database;

beforeAll(async () => {
  postgres = await startTestPostgres();
});
beforeEach(async () => {
  url = await postgres.freshDatabase();
  database = createDatabase({ url });
});
afterEach(() => database.close());
afterAll(() => postgres.close());

const seed = () => seedDemo({ database, secret: SECRET, now: NOW });
const howMany = async (table: Parameters<ReturnType<Database['orm']['select']>['from']>[0]) => {
  const [row] = await database.orm.select({ n: count() }).from(table);
  return row?.n;
};

it('[DEMO-1] is 108 people, their network and five communities, each with meetings that were and that come', async () => {
  expect(await seed()).toMatchObject({ kind: 'there' });
  expect(await howMany(people)).toBe(108);
  expect(await howMany(communities)).toBe(6);
  const ofNetwork = await database.orm
    .select()
    .from(memberships)
    .where(eq(memberships.communityId, 'demo-reseau-du-nord'));
  expect(ofNetwork).toHaveLength(108);
  const everybody = await database.orm.select().from(people);
  expect(new Set(everybody.map(({ name }) => name)).size).toBe(108);
  for (const { email } of everybody) expect(email).toMatch(/^[a-z.]+@demo\.example$/);
});

it('[DEMO-1] is a place where something goes on: meetings on the next days and the last ones, none on a weekend, at hours of their own', async () => {
  for (const now of [NOW, NOW + 5 * DAY_MS]) {
    url = await postgres.freshDatabase();
    const other = createDatabase({ url });
    await seedDemo({ database: other, secret: SECRET, now });
    const all = await other.orm.select().from(calendarMeetings);
    const days = all.map(({ startsAt }) => (startsAt.getTime() - now) / DAY_MS);
    expect(days.filter((at) => at > 0 && at < 8).length).toBeGreaterThanOrEqual(4);
    expect(days.filter((at) => at < 0 && at > -9).length).toBeGreaterThanOrEqual(4);
    expect(new Set(all.map(({ title }) => title)).size).toBe(36);
    for (const { startsAt } of all) {
      const weekday = startsAt.toLocaleDateString('en-CA', { weekday: 'short', timeZone: 'America/Toronto' });
      expect(['Sat', 'Sun']).not.toContain(weekday);
    }
    const attend = await other.orm
      .select()
      .from(calendarAttendees)
      .where(eq(calendarAttendees.state, 'waiting'));
    expect(attend.length).toBeGreaterThan(0);
    for (const { personId } of attend) expect(personId).not.toBe('demo-2');
    await other.close();
  }
});

it('[DEMO-1] has people with photos, who ask to be taken in, and a member who is invited and may join more', async () => {
  await seed();
  const pictures = await database.orm.select().from(photos);
  expect(pictures).toHaveLength(36);
  for (const { image } of pictures) expect(Buffer.from(image).toString('latin1', 8, 12)).toBe('WEBP');
  const asked = await database.orm.select().from(communityRequests);
  expect(asked.length).toBe(4);
  const theirs = await database.orm.select().from(memberships).where(eq(memberships.personId, 'demo-2'));
  expect(theirs).toHaveLength(3);
});

it('[DEMO-1] every log makes a meeting, with what was written, noted and who was there; nobody invented is left inside', async () => {
  await seed();
  const notes = createPostgresNoteStore(database);
  let written = 0;
  for (const { meetingId, version } of await database.orm.select().from(meetings)) {
    const events = await database.orm
      .select()
      .from(meetingEvents)
      .where(eq(meetingEvents.meetingId, meetingId))
      .orderBy(asc(meetingEvents.version));
    let state: MeetingState | undefined;
    for (const row of events)
      state = evolve(state, { version: row.version, event: meetingEvent.parse(row.payload) });
    expect(state).toMatchObject({ version, participants: [] });
    if (!state || state.messageCount === 0) continue;
    written += 1;
    const stored = await notes.load({ meetingId: meetingId as MeetingId, place: 'plenary' }, 0);
    if (!stored.ok || !stored.value.state) throw new Error('no notes');
    const text = new NoteText();
    text.load([stored.value.state]);
    expect(text.toString()).toMatch(/^• /);
    text.close();
  }
  expect(written).toBe(18);
});

it('[DEMO-1] a second time changes nothing and says the same, and so do several at once', async () => {
  const [first, second] = await Promise.all([seed(), seed()]);
  expect(second).toEqual(first);
  expect(await seed()).toEqual(first);
  expect(await howMany(meetings)).toBe(36);
});

it('[DEMO-1] is put into no database in which somebody has been', async () => {
  const at = new Date(NOW);
  const stamps = { createdAt: at, updatedAt: at };
  await database.orm
    .insert(people)
    .values({ id: 'a', email: 'ana@exemple.org', emailVerified: true, name: 'Ana', ...stamps });
  expect(await seed()).toEqual({ kind: 'notEmpty' });
  expect(await howMany(people)).toBe(1);
});

it('[DEMO-1] lets one in by the password that was told, as who administers, coordinates or is a member; the others have none', async () => {
  const told = await seed();
  if (told.kind !== 'there') throw new Error('not there');
  const rig = await createPeopleRig({ url });
  const enter = async (email: string) =>
    (await rig.browser().post('/auth/password', { email, password: told.password })).status;
  expect([await enter(told.administrator), await enter(told.coordinator), await enter(told.member)]).toEqual([
    200, 200, 200,
  ]);
  const [other] = await database.orm.select().from(people).where(eq(people.id, 'demo-50'));
  expect(await enter(other!.email)).toBe(401);
  await rig.close();
});

it('[DEMO-1] [PRIV-6] has a register that tells of what became of it: who administers reads the site’s, a member their own, a coordinator the community’s', async () => {
  const told = await seed();
  if (told.kind !== 'there') throw new Error('not there');
  const rig = await createPeopleRig({ url, now: () => NOW });
  const kindsFor = async (email: string, path: string) => {
    const browser = rig.browser();
    await browser.post('/auth/password', { email, password: told.password });
    const { body } = await browser.ask('GET', path);
    return registerPage.parse(body.value).lines.map(({ kind, at }) => ({ kind, at }));
  };
  const site = await kindsFor(told.administrator, '/people/register');
  expect(site).toHaveLength(50);
  for (const { at } of site) expect(at).toBeLessThanOrEqual(NOW);
  expect(new Set(site.map(({ kind }) => kind))).toContain('invitationsSent');
  const own = await kindsFor(told.member, '/people/me/register');
  expect(own.filter(({ kind }) => kind === 'privacyAccepted')).toHaveLength(1);
  expect(own.filter(({ kind }) => kind === 'communityJoined')).toHaveLength(3);
  const network = await kindsFor(told.coordinator, '/communities/reseau-du-nord/register');
  expect(network[0]).toMatchObject({ kind: 'communityChanged' });
  expect(await howMany(registerEntries)).toBeGreaterThan(300);
  await rig.close();
});

it('[DEMO-1] knows of its meetings already: no email is ordered for anybody invented', async () => {
  await seed();
  const rig = await createPeopleRig({ url, now: () => NOW });
  await rig.calendar.post.look();
  expect(rig.mails).toEqual([]);
  await rig.close();
});
