import {
  calendarAttendees,
  calendarMeetings,
  mails,
  meetingEvents,
  meetings,
  people,
  registerEntries,
  sessions,
} from '@relais/db';
import * as schema from '@relais/db';
import { startTestPostgres, type TestPostgres } from '@relais/testing/test-postgres';
import { eq, is, like } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPeopleRig, FIRST, type PeopleRig, type WebBrowser } from '../../test-support/people-rig.ts';
import { HANDLED_TABLES } from '../features/privacy/handled-tables.ts';
import { createPrivacy } from '../features/privacy/privacy.ts';
import { pino } from 'pino';

const DAY_MS = 86_400_000;
let postgres: TestPostgres;
let rig: PeopleRig;
let url: string;
let now = Date.now();

beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterAll(() => postgres.close());
beforeEach(async () => {
  now = Date.now();
  url = await postgres.freshDatabase();
  rig = await createPeopleRig({ url, now: () => now });
});
afterEach(() => rig.close());

async function signedIn(email: string): Promise<WebBrowser> {
  const browser = rig.browser();
  await browser.post('/auth/link', { email, lang: 'fr' });
  await browser.post('/auth/link/use', { token: rig.lastToken(email) });
  return browser;
}

const idOf = async (email: string) =>
  (await rig.database.orm.select().from(people).where(eq(people.email, email)))[0]!.id;

/** A meeting in which Ana, who has an account, and Bea, who has none, have written. */
async function meetingWith(personId: string, at = now, meetingId = 'm1') {
  const code = `${meetingId}-code`;
  await rig.database.orm
    .insert(meetings)
    .values({ meetingId, code, title: 'Cercle', version: 5, createdAt: new Date(at) });
  const events = [
    { type: 'participantJoined', participantId: 'p1', name: 'Ana', personId, at },
    { type: 'participantJoined', participantId: 'p2', name: 'Bea', at },
    { type: 'messagePosted', participantId: 'p1', name: 'Ana', clientMessageId: 'c1', text: 'Bonjour', at },
    { type: 'messagePosted', participantId: 'p2', name: 'Bea', clientMessageId: 'c2', text: 'Salut', at },
    { type: 'planSaved', rooms: [{ people: ['Ana@exemple.test', 'Bea'] }], at },
  ];
  await rig.database.orm.insert(meetingEvents).values(
    events.map((payload, index) => ({
      meetingId,
      version: index + 1,
      type: payload.type,
      payload,
      at: new Date(at),
    })),
  );
}

const logOf = async () =>
  (await rig.database.orm.select().from(meetingEvents).orderBy(meetingEvents.version)).map(
    ({ payload }) => payload,
  );

describe('[PRIV-2] what is kept', () => {
  it('is told to anybody, with the periods that are set and who answers for it', async () => {
    const { body } = await rig.browser().ask('GET', '/people/privacy');
    expect(body.value).toEqual({
      responsible: 'Odile Gagnon, odile@exemple.test',
      days: { meetings: 730, register: 1095, mails: 30, checks: 7, sessions: 30 },
    });
  });
});

describe('[PRIV-3] all of one’s own', () => {
  it('is downloaded with what one wrote, and without secrets or what is another’s', async () => {
    const ana = await signedIn('ana@exemple.test');
    await ana.ask('PUT', '/people/me', { name: 'Ana <b>Tremblay</b>' });
    await meetingWith(await idOf('ana@exemple.test'));
    now += 1000;
    const response = await ana.fetch('/api/people/me/data');
    expect(response.headers.get('content-disposition')).toContain('attachment');
    const text = await response.text();
    expect(text).toContain('Ana <b>Tremblay</b>');
    expect(text).toContain('Bonjour');
    expect(text).not.toContain('Salut');
    expect(text).not.toMatch(/"token"|"password"/);
    const page = await (await ana.fetch('/api/people/me/data?as=page')).text();
    expect(page).toContain('Bonjour');
    expect(page).not.toContain('<b>');
    const own = await ana.ask('GET', '/people/me/register');
    expect(own.body.value).toMatchObject({
      lines: [{ kind: 'dataExported' }, { kind: 'dataExported' }, { kind: 'privacyAccepted' }],
      next: null,
    });
  });

  it('is refused to a browser that signed in longer ago, and too often', async () => {
    const ana = await signedIn('ana@exemple.test');
    for (let n = 0; n < 10; n += 1) expect((await ana.fetch('/api/people/me/data')).status).toBe(200);
    expect((await ana.fetch('/api/people/me/data')).status).toBe(429);
    now += 16 * 60_000;
    const { body } = await ana.ask('GET', '/people/me/data');
    expect(body.refusal?.kind).toBe('signInAgain');
    const erased = await ana.post('/people/me/erase', { messages: 'keep', email: 'ana@exemple.test' });
    expect(erased.body.refusal?.kind).toBe('signInAgain');
  });
});

describe('[PRIV-4] erasing', () => {
  it.each(['erase', 'keep'] as const)(
    'leaves nothing that names the person; their words: %s',
    async (choice) => {
      const { orm } = rig.database;
      const ana = await signedIn('ana@exemple.test');
      const id = await idOf('ana@exemple.test');
      await meetingWith(id);
      const at = new Date(now);
      await orm.insert(calendarMeetings).values({
        meetingId: 'm1',
        seriesId: 's1',
        recurs: false,
        announcedBy: id,
        title: 'Cercle',
        description: '',
        agenda: [],
        startsAt: at,
        minutes: 60,
        timeZone: 'America/Toronto',
        registration: true,
        createdAt: at,
        updatedAt: at,
      });
      await orm.insert(calendarAttendees).values({
        id: 'a1',
        meetingId: 'm1',
        email: 'ana@exemple.test',
        name: 'Ana',
        part: 'attends',
        state: 'confirmed',
        lang: 'fr',
        timeZone: 'America/Toronto',
        at,
      });
      await orm.insert(mails).values({
        key: 'k1',
        kind: 'signIn',
        recipient: 'ana@exemple.test',
        lang: 'fr',
        subject: 's',
        text: '',
        html: '',
        dueAt: at,
        createdAt: at,
      });
      // Long ago, to another: its key is all that is left of it, and names her.
      await orm.insert(mails).values({
        key: `communityRequest:loisir:${id}:1:zoe`,
        kind: 'communityRequest',
        lang: 'fr',
        recipient: '',
        subject: '',
        text: '',
        html: '',
        dueAt: at,
        createdAt: at,
      });
      await ana.fetch('/api/people/me/data');
      const wrong = await ana.post('/people/me/erase', { messages: choice, email: 'bea@exemple.test' });
      expect(wrong.body.refusal?.kind).toBe('invalidInput');
      const { status } = await ana.post('/people/me/erase', { messages: choice, email: 'ana@exemple.test' });
      expect(status).toBe(200);
      expect((await ana.ask('GET', '/people/me')).status).toBe(401);
      // Not in any column of any table.
      const left = [];
      for (const table of tables()) left.push(JSON.stringify(await orm.select().from(table)));
      expect(left.join('')).not.toMatch(/ana@exemple\.test|"Ana"/i);
      expect(left.join('')).not.toContain(id);
      expect(left.join('').includes('Bonjour')).toBe(choice === 'keep');
      // What others wrote stands as it stood, and the order of all.
      expect(await logOf()).toMatchObject([
        { name: 'Personne effacée', participantId: 'p1' },
        { name: 'Bea' },
        { name: 'Personne effacée', clientMessageId: 'c1' },
        { name: 'Bea', text: 'Salut' },
        { rooms: [{ people: ['Personne effacée', 'Bea'] }] },
      ]);
      const kept = await orm.select().from(registerEntries);
      expect(kept.map(({ kind, actorId }) => [kind, actorId]).sort()).toEqual([
        ['dataExported', null],
        ['personErased', null],
        ['privacyAccepted', null],
      ]);
    },
  );

  it('[PRIV-5] is refused to the last who administers the site, and done where there is another', async () => {
    await rig.browser().post('/auth/first', { ...FIRST, token: rig.people.firstToken });
    const odile = await signedIn(FIRST.email);
    const body = { messages: 'keep', email: FIRST.email };
    expect((await odile.post('/people/me/erase', body)).body.refusal?.kind).toBe('lastAdministrator');
    await signedIn('bea@exemple.test');
    await rig.database.orm.update(people).set({ isAdministrator: true }).where(like(people.email, 'bea@%'));
    expect((await odile.post('/people/me/erase', body)).status).toBe(200);
  });

  it('is refused to a page that is not ours', async () => {
    const ana = await signedIn('ana@exemple.test');
    ana.origin = 'https://ailleurs.example';
    const { body } = await ana.post('/people/me/erase', { messages: 'keep', email: 'ana@exemple.test' });
    expect(body.refusal?.kind).toBe('foreignOrigin');
  });

  it('knows every table that names a person or an address', () => {
    const naming = tables()
      .map((table) => getTableConfig(table))
      .filter(
        ({ columns, foreignKeys }) =>
          columns.some(({ name }) => /email|recipient|person_?id|^name$|userAgent|payload/i.test(name)) ||
          foreignKeys.some((key) => getTableConfig(key.reference().foreignTable).name === 'people'),
      )
      .map(({ name }) => name)
      // Its name is not a person's.
      .filter((name) => name !== 'communities');
    expect(naming.filter((name) => !(name in HANDLED_TABLES))).toEqual([]);
    for (const table of tables())
      for (const key of getTableConfig(table).foreignKeys) {
        if (getTableConfig(key.reference().foreignTable).name !== 'people') continue;
        expect([getTableConfig(table).name, key.onDelete]).not.toContain('no action');
      }
  });
});

describe('[PRIV-6] the register', () => {
  it('is read page by page by who administers the site alone', async () => {
    await rig.browser().post('/auth/first', { ...FIRST, token: rig.people.firstToken });
    const odile = await signedIn(FIRST.email);
    const id = await idOf(FIRST.email);
    for (let n = 0; n < 60; n += 1) {
      now += 1000;
      await rig.privacy.register.write({ kind: n % 2 ? 'roleChanged' : 'memberRemoved', actorId: id });
    }
    const read = async (query: string) => {
      const { body } = await odile.ask('GET', `/people/register${query}`);
      return body.value as { lines: { at: number; kind: string; actor: string }[]; next: string | null };
    };
    const first = await read('');
    expect(first.lines).toHaveLength(50);
    expect(first.lines[0]).toMatchObject({ at: now, actor: FIRST.name });
    const second = await read(`?before=${first.next}`);
    // With what they did before: they administer the site, and agreed.
    expect(second.lines).toHaveLength(12);
    expect(second.next).toBeNull();
    expect((await read('?kind=roleChanged')).lines).toHaveLength(30);
    const ana = await signedIn('ana@exemple.test');
    expect((await ana.ask('GET', '/people/register')).body.refusal?.kind).toBe('notAllowed');
    expect((await odile.ask('GET', '/people/register?before=x')).body.refusal?.kind).toBe('invalidInput');
  });
});

describe('[PRIV-7] what is past its time', () => {
  it('is forgotten once over several hubs, never where somebody is, or something is to come', async () => {
    await signedIn('ana@exemple.test');
    const id = await idOf('ana@exemple.test');
    const start = now;
    await meetingWith(id, start, 'old');
    await meetingWith(id, start, 'running');
    await meetingWith(id, start, 'coming');
    const at = new Date(start);
    await rig.database.orm.insert(calendarMeetings).values({
      meetingId: 'coming',
      seriesId: 's1',
      recurs: false,
      title: 'Cercle',
      description: '',
      agenda: [],
      startsAt: new Date(start + 800 * DAY_MS),
      minutes: 60,
      timeZone: 'America/Toronto',
      registration: false,
      createdAt: at,
      updatedAt: at,
    });
    rig.privacy.start((meetingId) => meetingId === 'running');
    const settings = { responsible: undefined, keepMeetingsDays: 730, keepRegisterDays: 30, now: () => now };
    const other = createPrivacy({
      database: rig.database,
      limiter: rig.limiter,
      settings,
      logger: pino({ level: 'silent' }),
    });
    const there = async () =>
      (await rig.database.orm.select().from(meetings)).map(({ meetingId }) => meetingId).sort();
    now = start + 729 * DAY_MS;
    await rig.privacy.forget();
    expect(await there()).toEqual(['coming', 'old', 'running']);
    now = start + 731 * DAY_MS;
    await Promise.all([rig.privacy.forget(), rig.privacy.forget()]);
    expect(await there()).toEqual(['coming', 'running']);
    const told = await rig.database.orm
      .select()
      .from(registerEntries)
      .where(eq(registerEntries.kind, 'meetingForgotten'));
    expect(told).toMatchObject([{ kind: 'meetingForgotten', meetingId: 'old', actorId: null }]);
    // It is another's turn only when the hour is over.
    now += 1000;
    await other.forget();
    expect(await there()).toEqual(['coming', 'running']);
    now += 31 * DAY_MS;
    await other.forget();
    expect(await there()).toEqual(['coming']);
    expect((await rig.database.orm.select().from(registerEntries)).map(({ meetingId }) => meetingId)).toEqual(
      ['running'],
    );
    expect(await rig.database.orm.select().from(sessions)).toHaveLength(1);
  });
});

function tables(): PgTable[] {
  const all: unknown[] = Object.values(schema);
  return all.filter((one) => is(one, PgTable));
}
