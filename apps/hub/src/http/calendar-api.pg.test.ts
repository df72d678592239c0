import { communities, meetings, memberships, people } from '@relais/db';
import { instantOf } from '@relais/domain/calendar';
import type { MeetingCode, MeetingId } from '@relais/protocol';
import type { CalendarMeeting, CalendarPage, OwnCalendar, RegistrationView } from '@relais/protocol/calendar';
import { startTestPostgres, type TestPostgres } from '@relais/testing/test-postgres';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPostgresEntryStore } from '../adapters/postgres-entry-store.ts';
import { createPostgresMeetingLog } from '../adapters/postgres-meeting-log.ts';
import { createPostgresOutbox } from '../adapters/postgres-outbox.ts';
import { createCalendar } from '../features/calendar/calendar.ts';
import { createMails } from '../features/mails/mails.ts';
import { createPeopleRig, FIRST, type PeopleRig, type WebBrowser } from '../../test-support/people-rig.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-02-01T12:00:00Z');
let postgres: TestPostgres;
let rig: PeopleRig;
let now = START;
let ana: WebBrowser;

beforeAll(async () => {
  postgres = await startTestPostgres();
});
beforeEach(async () => {
  now = START;
  rig = await createPeopleRig({
    url: await postgres.freshDatabase(),
    publicUrl: 'https://relais.exemple.test',
    now: () => now,
  });
  ana = await signedIn('ana');
});
afterEach(() => rig.close());
afterAll(() => postgres.close());

let addresses = 0;
/** Each sits somewhere else: how often one may ask is another rule. */
const browser = () => {
  const made = rig.browser(`192.0.2.${(addresses++ % 250) + 1}`);
  made.origin = 'https://relais.exemple.test';
  return made;
};
async function signedIn(name: string): Promise<WebBrowser> {
  const email = `${name}@exemple.test`;
  const one = browser();
  await one.post('/auth/link', { email, lang: 'fr' });
  await one.post('/auth/link/use', { token: rig.lastToken(email) });
  await one.ask('PUT', '/people/me', { name });
  return one;
}

const CIRCLE = {
  title: 'Cercle du logement',
  description: 'Apportez un cas.\nOn le regarde ensemble.',
  agenda: [
    { text: 'Accueil', minutes: 10 },
    { text: 'Cas', minutes: null },
  ],
  date: '2026-03-04',
  time: '19:00',
  timeZone: 'America/Toronto',
  minutes: 90,
  registration: true,
  lang: 'fr',
};
const WEEKLY = { ...CIRCLE, recurrence: { every: 'week', count: 3 } };

async function announce(by: WebBrowser, body: object = CIRCLE): Promise<string> {
  const answer = await by.post('/calendar', body);
  expect(answer.body).toMatchObject({ ok: true });
  return (answer.body.value as { code: string }).code;
}
const read = async (by: WebBrowser, code: string) =>
  (await by.ask('GET', `/calendar/meetings/${code}`)).body.value as CalendarMeeting;
const coming = async (by: WebBrowser, query = '') =>
  (await by.ask('GET', `/calendar${query}`)).body.value as CalendarPage;
const register = (code: string, name: string, by = browser()) =>
  by.post(`/calendar/meetings/${code}/registrations`, {
    name,
    email: `${name}@exemple.test`,
    lang: 'fr',
    timeZone: 'Europe/Paris',
  });
const change = async (by: WebBrowser, code: string, to: object, scope = 'one') => {
  const { sequence } = await read(by, code);
  const { lang: _, ...about } = CIRCLE;
  return by.ask('PUT', `/calendar/meetings/${code}`, { ...about, ...to, scope, sequence });
};
async function mailsTo(name: string) {
  await rig.calendar.post.look();
  return rig.mails.filter(({ to, kind }) => to === `${name}@exemple.test` && kind !== 'signInLink');
}
async function community(slug: string, members: Record<string, 'coordinator' | 'animator' | 'member'>) {
  const at = new Date(START);
  const stamps = { createdAt: at, updatedAt: at };
  await rig.database.orm
    .insert(communities)
    .values({ id: `id-${slug}`, slug, name: slug, joining: 'open', ...stamps });
  for (const [name, role] of Object.entries(members)) {
    const [found] = await rig.database.orm
      .select()
      .from(people)
      .where(eq(people.email, `${name}@exemple.test`));
    await rig.database.orm
      .insert(memberships)
      .values({ communityId: `id-${slug}`, personId: found!.id, role, lang: 'fr', since: at });
  }
}

describe('[CAL-1] announcing', () => {
  it('gives a meeting with a date, which its animator runs, and others read by its code', async () => {
    const code = await announce(ana);
    const startsAt = instantOf(CIRCLE);
    expect(await read(ana, code)).toMatchObject({
      title: CIRCLE.title,
      startsAt,
      timeZone: 'America/Toronto',
      animators: ['ana'],
      part: 'animates',
      facilitatorKey: expect.any(String) as string,
    });
    const seen = await read(browser(), code);
    expect(seen).toMatchObject({ description: CIRCLE.description, agenda: CIRCLE.agenda, part: null });
    expect(seen.facilitatorKey).toBeNull();
    expect((await coming(ana)).entries.map((entry) => entry.code)).toEqual([code]);
    const bea = await signedIn('bea');
    expect((await coming(bea)).entries).toEqual([]);
  });

  it('is for who is signed in, from a page of ours, of what fits', async () => {
    expect(await browser().post('/calendar', CIRCLE)).toMatchObject({ status: 401 });
    ana.origin = 'https://ailleurs.exemple.test';
    expect(await ana.post('/calendar', CIRCLE)).toMatchObject({
      status: 403,
      body: { refusal: { kind: 'foreignOrigin' } },
    });
    ana.origin = 'https://relais.exemple.test';
    for (const wrong of [
      { ...CIRCLE, title: 'a\u0000' },
      { ...CIRCLE, date: '2026-02-30' },
      { ...CIRCLE, time: '24:00' },
      { ...CIRCLE, timeZone: 'Mars/Olympus' },
      { ...CIRCLE, capacity: 0 },
      { ...CIRCLE, minutes: 2000 },
      { ...CIRCLE, recurrence: { every: 'week', count: 3, until: '2026-05-01' } },
      { ...CIRCLE, announcedBy: 'somebody' },
    ])
      expect(await ana.post('/calendar', wrong), JSON.stringify(wrong).slice(0, 80)).toMatchObject({
        body: { refusal: { kind: 'invalidInput' } },
      });
    expect(await ana.post('/calendar', { ...CIRCLE, date: '2026-01-31' })).toMatchObject({
      body: { refusal: { kind: 'notADate', why: 'past' } },
    });
    expect(await ana.post('/calendar', { ...CIRCLE, animators: ['personne@exemple.test'] })).toMatchObject({
      body: { refusal: { kind: 'unknownAnimator', email: 'personne@exemple.test' } },
    });
  });

  it('names animators, who run it and are told once of a whole recurrence', async () => {
    const bea = await signedIn('bea');
    const code = await announce(ana, { ...WEEKLY, animators: ['bea@exemple.test'] });
    expect((await read(bea, code)).facilitatorKey).not.toBeNull();
    const [mail, ...others] = await mailsTo('bea');
    expect(others).toEqual([]);
    expect(mail).toMatchObject({
      ...{ kind: 'meetingInvitation', animates: true, invitedBy: 'ana' },
      meeting: { more: 2 },
    });
    expect(await mailsTo('ana')).toEqual([]);
  });

  it('for a community is also for who administers the site, who is no member by that', async () => {
    await community('logement', { ana: 'coordinator' });
    const odile = browser();
    await odile.post('/auth/first', { ...FIRST, token: rig.people.firstToken });
    const code = await announce(odile, { ...CIRCLE, community: 'logement' });
    expect((await read(odile, code)).facilitatorKey).not.toBeNull();
    expect((await coming(ana, '?community=logement')).entries).toMatchObject([{ code }]);
    expect((await odile.ask('GET', '/calendar?community=logement')).body.refusal?.kind).toBe(
      'unknownCommunity',
    );
  });

  it('[CAL-2] makes each occurrence a meeting of its own, at the same time on the wall', async () => {
    await announce(ana, WEEKLY);
    const { entries } = await coming(ana);
    expect(new Set(entries.map((entry) => entry.code)).size).toBe(3);
    expect(entries.map((entry) => new Date(entry.startsAt).toISOString())).toEqual([
      '2026-03-05T00:00:00.000Z',
      '2026-03-11T23:00:00.000Z',
      '2026-03-18T23:00:00.000Z',
    ]);
  });

  it('[CAL-1] for a community is for who coordinates or animates it, and lists it to its members alone', async () => {
    const [bea, carl, dora] = [await signedIn('bea'), await signedIn('carl'), await signedIn('dora')];
    await community('logement', { ana: 'coordinator', bea: 'animator', carl: 'member' });
    await community('loisir', { dora: 'coordinator' });
    const of = { ...CIRCLE, community: 'logement' };
    const code = await announce(bea, of);
    expect((await carl.post('/calendar', of)).body.refusal?.kind).toBe('notAllowed');
    expect((await dora.post('/calendar', of)).body.refusal?.kind).toBe('unknownCommunity');
    expect((await coming(carl)).entries).toMatchObject([{ code, community: { slug: 'logement' } }]);
    expect((await coming(carl, '?community=logement')).entries).toHaveLength(1);
    expect((await coming(dora)).entries).toEqual([]);
    for (const slug of ['logement', 'nulle-part'])
      expect(await dora.ask('GET', `/calendar?community=${slug}`)).toMatchObject({
        body: { refusal: { kind: 'unknownCommunity' } },
      });
    expect((await read(ana, code)).facilitatorKey).not.toBeNull();
    expect((await read(carl, code)).facilitatorKey).toBeNull();
    const feed = (await carl.ask('GET', '/calendar/communities/logement/feed')).body.value as {
      feedUrl: string;
    };
    const { pathname } = new URL(feed.feedUrl);
    expect(await (await browser().fetch(pathname)).text()).toContain('Cercle du logement');
    await rig.database.orm.delete(memberships).where(eq(memberships.role, 'member'));
    expect((await browser().fetch(pathname)).status).toBe(404);
  });
});

describe('[ENTRY-1] who may enter', () => {
  it('is said when a meeting is announced, for all of its recurrence; a community’s members only of one that has a community', async () => {
    await community('logement', { ana: 'coordinator' });
    const entry = createPostgresEntryStore(rig.database);
    const ruleOf = async (code: string) => {
      const [found] = await rig.database.orm.select().from(meetings).where(eq(meetings.code, code));
      return (await entry.find(found!.meetingId as MeetingId)) as unknown;
    };
    expect(await ruleOf(await announce(ana))).toEqual({
      ok: true,
      value: { rule: 'anyone', communityId: undefined },
    });
    await announce(ana, { ...WEEKLY, community: 'logement', entry: 'community' });
    for (const { code } of (await coming(ana, '?community=logement')).entries)
      expect(await ruleOf(code)).toEqual({
        ok: true,
        value: { rule: 'community', communityId: 'id-logement' },
      });
    expect(await ana.post('/calendar', { ...CIRCLE, entry: 'community' })).toMatchObject({
      status: 400,
      body: { refusal: { kind: 'invalidInput' } },
    });
  });

  it('[ENTRY-2] who has a place in a meeting for those who are invited is invited, who waits for one is not', async () => {
    const code = await announce(ana, { ...CIRCLE, capacity: 1, entry: 'invited' });
    await register(code, 'bea');
    await register(code, 'carl');
    const [found] = await rig.database.orm.select().from(meetings).where(eq(meetings.code, code));
    const entry = createPostgresEntryStore(rig.database);
    const isInvited = (name: string) =>
      entry.isInvited(found!.meetingId as MeetingId, `${name}@exemple.test`);
    expect(await isInvited('bea')).toEqual({ ok: true, value: true });
    expect(await isInvited('carl')).toEqual({ ok: true, value: false });
  });
});

describe('[CAL-4] registration', () => {
  it('fills the places, then a waiting list that moves up when somebody cancels by their email’s link', async () => {
    const code = await announce(ana, { ...CIRCLE, capacity: 1 });
    expect((await register(code, 'bea')).body.value).toEqual({ state: 'confirmed' });
    now += 1000;
    expect((await register(code, 'carl')).body.value).toEqual({ state: 'waiting' });
    const [confirmed] = await mailsTo('bea');
    expect(confirmed).toMatchObject({
      kind: 'registrationConfirmed',
      meeting: { timeZone: 'Europe/Paris', url: `https://relais.exemple.test/rencontres/${code}` },
    });
    expect(await mailsTo('carl')).toMatchObject([{ kind: 'registrationWaiting' }]);
    const token = linkOf(confirmed);
    expect((await browser().post('/calendar/registrations/cancel', { token })).status).toBe(200);
    expect((await browser().post('/calendar/registrations/cancel', { token })).status).toBe(404);
    const forged = token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    expect((await browser().post('/calendar/registrations/cancel', { token: forged })).status).toBe(404);
    expect(await mailsTo('carl')).toMatchObject([
      { kind: 'registrationWaiting' },
      { kind: 'registrationConfirmed', movedUp: true },
    ]);
    const list = (await ana.ask('GET', `/calendar/meetings/${code}/registrations`)).body.value;
    expect((list as RegistrationView[]).map(({ name, state }) => [name, state])).toEqual([
      ['carl', 'confirmed'],
    ]);
    expect(await mailsTo('bea')).toHaveLength(1);
  });

  it('holds its limit however many ask at once, and takes nobody twice', async () => {
    const code = await announce(ana, { ...CIRCLE, capacity: 5 });
    const names = Array.from({ length: 16 }, (_, n) => `p${n % 12}`);
    await Promise.all(names.map((name) => register(code, name)));
    expect(await read(ana, code)).toMatchObject({ registered: 5, waiting: 7 });
  });

  it('of who is signed in needs no name, and shows them their place on the list', async () => {
    const code = await announce(ana, { ...CIRCLE, capacity: 1 });
    await register(code, 'carl');
    const bea = await signedIn('bea');
    expect((await bea.post(`/calendar/meetings/${code}/registrations`, { lang: 'en' })).body.value).toEqual({
      state: 'waiting',
    });
    expect(await read(bea, code)).toMatchObject({ part: 'waiting', place: 1 });
    expect((await coming(bea)).entries).toMatchObject([{ code, part: 'waiting' }]);
    await change(ana, code, { capacity: 2 });
    expect(await read(bea, code)).toMatchObject({ part: 'registered', place: null });
    expect((await bea.ask('DELETE', `/calendar/meetings/${code}/registrations/me`)).status).toBe(200);
    expect(await read(bea, code)).toMatchObject({ part: null, registered: 1 });
    expect((await ana.ask('DELETE', `/calendar/meetings/${code}/registrations/me`)).status).toBe(404);
  });

  it('is refused where there is none, of what is over, and tells strangers nothing of who is registered', async () => {
    const closed = await announce(ana, { ...CIRCLE, registration: false });
    expect((await register(closed, 'bea')).body.refusal?.kind).toBe('registrationClosed');
    const code = await announce(ana, { ...CIRCLE, capacity: 1 });
    await register(code, 'bea');
    expect((await register(code, 'bea')).body.value).toEqual({ state: 'waiting' });
    const bea = await signedIn('bea');
    expect(await bea.ask('GET', `/calendar/meetings/${code}/registrations`)).toMatchObject({ status: 403 });
    now = instantOf(CIRCLE);
    expect((await register(code, 'dora')).body.refusal?.kind).toBe('isOver');
    expect((await register('aaa-bbbb-ccc', 'dora')).body.refusal?.kind).toBe('meetingNotFound');
  });
});

const linkOf = (mail: unknown) => {
  const url = (mail as { cancelUrl?: string }).cancelUrl ?? '';
  return new URL(url).hash.slice(1);
};

describe('[CAL-6] changing and cancelling', () => {
  it('of one meeting or of all that follow: those who come are told once, with what it was', async () => {
    const first = await announce(ana, WEEKLY);
    const codes = (await coming(ana)).entries.map(({ code }) => code);
    for (const code of codes) await register(code, 'bea');
    await mailsTo('bea');
    expect((await change(ana, codes[1]!, { date: '2026-03-12', time: '18:00' }, 'following')).status).toBe(
      200,
    );
    expect((await read(ana, first)).startsAt).toBe(instantOf(CIRCLE));
    const moved = await Promise.all(codes.slice(1).map((code) => read(ana, code)));
    expect(moved.map(({ startsAt }) => new Date(startsAt).toISOString())).toEqual([
      '2026-03-12T22:00:00.000Z',
      '2026-03-19T22:00:00.000Z',
    ]);
    const changed = (await mailsTo('bea')).filter(({ kind }) => kind === 'meetingChanged');
    expect(changed).toMatchObject([
      { before: { startsAt: Date.parse('2026-03-11T23:00Z') }, meeting: { more: 1 } },
    ]);
    const ics = (changed[0] as { meeting: { ics: string } }).meeting.ics;
    expect(ics.match(/SEQUENCE:1/g)).toHaveLength(2);
    await ana.post(`/calendar/meetings/${codes[2]!}/cancel`, { scope: 'one', word: 'La salle est prise.' });
    const last = (await mailsTo('bea')).at(-1);
    expect(last).toMatchObject({ kind: 'meetingCancelled', word: 'La salle est prise.' });
    const end = (last as { meeting: { ics: string } }).meeting.ics;
    expect(end).toContain('METHOD:CANCEL');
    expect(end).toContain('STATUS:CANCELLED');
    expect(end).toContain('SEQUENCE:2');
    expect(await read(browser(), codes[2]!)).toMatchObject({ isCancelled: true });
    expect((await change(ana, codes[2]!, {})).body.refusal?.kind).toBe('isOver');
    expect(await mailsTo('bea')).toHaveLength(5);
  });

  it('by who has not seen the last change is refused, and by who does not run it', async () => {
    const code = await announce(ana);
    const { lang: _, ...about } = CIRCLE;
    const stale = { ...about, scope: 'one', sequence: 0, title: 'Autre' };
    const answers = await Promise.all(
      [1, 2, 3].map(() => ana.ask('PUT', `/calendar/meetings/${code}`, stale)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.refusal?.kind === 'changedMeanwhile')).toHaveLength(2);
    const bea = await signedIn('bea');
    expect((await change(bea, code, {})).body.refusal?.kind).toBe('notAllowed');
    expect((await bea.post(`/calendar/meetings/${code}/cancel`, { scope: 'following' })).status).toBe(403);
    expect((await change(ana, code, { date: '2026-01-01' })).body.refusal).toEqual({
      kind: 'notADate',
      why: 'past',
    });
  });
});

describe('[CAL-11] who animates, and what a meeting is called', () => {
  it('may be changed after it was announced: who is new runs it and is told so, who is not named any more does not', async () => {
    const [bea, carl] = [await signedIn('bea'), await signedIn('carl')];
    await announce(ana, { ...WEEKLY, animators: ['bea@exemple.test'] });
    const animatorsOf = async (code: string) => (await read(ana, code)).animators.sort();
    const codes = (await coming(ana)).entries.map(({ code }) => code);
    await mailsTo('bea');
    await carl.post(`/calendar/meetings/${codes[1]!}/registrations`, { lang: 'fr' });
    await mailsTo('carl');
    expect((await read(ana, codes[1]!)).animatorEmails).toEqual(['bea@exemple.test']);
    expect((await read(carl, codes[1]!)).animatorEmails).toEqual([]);
    const animators = ['carl@exemple.test'];
    expect((await change(ana, codes[1]!, { animators }, 'following')).status).toBe(200);
    for (const code of codes.slice(1)) {
      expect((await read(carl, code)).part).toBe('animates');
      expect(await animatorsOf(code)).toEqual(['ana', 'carl']);
      expect((await read(carl, code)).facilitatorKey).not.toBeNull();
      expect((await read(bea, code)).facilitatorKey).toBeNull();
      expect(await read(ana, code)).toMatchObject({ part: 'animates', registered: 0 });
    }
    expect((await read(bea, codes[0]!)).facilitatorKey).not.toBeNull();
    expect((await mailsTo('carl')).at(-1)).toMatchObject({
      ...{ kind: 'meetingInvitation', animates: true, invitedBy: 'ana' },
      meeting: { more: 1 },
    });
    expect(await mailsTo('bea')).toHaveLength(1);
    // Without saying who animates, it stays as it was; who announced it cannot be put out.
    await change(ana, codes[1]!, { title: 'Autre' });
    expect(await animatorsOf(codes[1]!)).toEqual(['ana', 'carl']);
    await change(carl, codes[1]!, { title: 'Autre', animators: [] });
    expect(await animatorsOf(codes[1]!)).toEqual(['ana', 'carl']);
    expect(await mailsTo('carl')).toHaveLength(2 + 1);
    const unknown = await change(ana, codes[1]!, { animators: ['personne@exemple.test'] });
    expect(unknown.body.refusal).toEqual({ kind: 'unknownAnimator', email: 'personne@exemple.test' });
  });

  it('is told with a new title to the meeting itself, in the same step as its log', async () => {
    const heard: unknown[] = [];
    rig.calendar.onRenamed((renamed) => heard.push(renamed));
    const code = await announce(ana);
    await change(ana, code, { title: 'Cercle du bail' });
    await change(ana, code, { title: 'Cercle du bail', minutes: 45 });
    const log = createPostgresMeetingLog(rig.database);
    const head = await log.findByCode(code as MeetingCode);
    const { meetingId, version } = head.ok && head.value ? head.value : expect.fail('no head');
    expect(version).toBe(2);
    const events = [{ version: 2, event: { type: 'meetingRenamed', title: 'Cercle du bail', at: now } }];
    expect(await log.read(meetingId, 1, 10)).toEqual({ ok: true, value: events });
    expect(heard).toEqual([{ meetingId, events }]);
    const title = { type: 'meetingRenamed', title: 'x', at: 1 } as const;
    expect(await log.append(meetingId, 1, [title])).toMatchObject({ error: { kind: 'versionConflict' } });
  });
});

describe('[CAL-5] reminders', () => {
  it('go out a day and an hour before, once over two hubs, as the person sets', async () => {
    const code = await announce(ana);
    const bea = await signedIn('bea');
    await bea.post(`/calendar/meetings/${code}/registrations`, { lang: 'fr' });
    await bea.ask('PUT', '/calendar/me', { remindDay: true, remindHour: false });
    await register(code, 'carl');
    const logger = pino({ level: 'silent' });
    const outbox = createPostgresOutbox(rig.database);
    const hubs = [1, 2].map(() => {
      const mails = createMails({ outbox, carrier: undefined, logger, now: () => now });
      const calendar = createCalendar({
        database: rig.database,
        log: createPostgresMeetingLog(rig.database),
        communities: rig.communities,
        limiter: rig.limiter,
        mailer: mails.mailer,
        settings: { secret: 'x'.repeat(32), publicUrl: () => 'https://relais.exemple.test', now: () => now },
        logger,
      });
      return { mails, calendar };
    });
    const lookAll = () =>
      Promise.all(hubs.flatMap(({ calendar }) => [calendar.post.look(), calendar.post.look()]));
    const reminders = async () => {
      const found = await outbox.list({ before: undefined, most: 100 });
      return found.ok
        ? found.value
            .filter(({ kind }) => kind === 'meetingReminder')
            .map(({ to }) => to)
            .sort()
        : [];
    };
    await lookAll();
    expect(await reminders()).toEqual([]);
    const day = ['ana@exemple.test', 'bea@exemple.test', 'carl@exemple.test'];
    now = instantOf(CIRCLE) - 24 * HOUR;
    await vi.waitFor(async () => {
      await lookAll();
      expect(await reminders()).toEqual(day);
    }, 10_000);
    now = instantOf(CIRCLE) - HOUR;
    await vi.waitFor(async () => {
      await lookAll();
      expect(await reminders()).toEqual([...day, 'ana@exemple.test', 'carl@exemple.test'].sort());
    }, 10_000);
    for (const { mails, calendar } of hubs) {
      await calendar.close();
      await mails.close();
    }
  });
});

describe('[CAL-7] calendars elsewhere', () => {
  it('read a person’s meetings by a secret address, which stops when it is renewed', async () => {
    const code = await announce(ana, { ...CIRCLE, title: 'Cercle; du, logement' });
    const { feedUrl } = (await ana.ask('GET', '/calendar/me')).body.value as OwnCalendar;
    const { pathname } = new URL(feedUrl);
    const response = await browser().fetch(pathname);
    expect(response.headers.get('content-type')).toMatch(/^text\/calendar/);
    const ics = await response.text();
    expect(ics).toContain('DTSTART:20260305T000000Z');
    expect(ics).toContain('DTEND:20260305T013000Z');
    expect(ics).toContain('SUMMARY:Cercle\\; du\\, logement');
    expect(ics).toMatch(/UID:[\w-]+@relais/);
    expect(ics.replaceAll('\r\n ', '')).toContain(`https://relais.exemple.test/rencontres/${code}`);
    const bea = await signedIn('bea');
    const hers = (await bea.ask('GET', '/calendar/me')).body.value as OwnCalendar;
    expect(await (await browser().fetch(new URL(hers.feedUrl).pathname)).text()).not.toContain('Cercle');
    const person = pathname.split('/').at(-1)!.split('.')[0]!;
    const mixed = new URL(hers.feedUrl).pathname.replace(/feeds\/[^.]+/, `feeds/${person}`);
    expect((await browser().fetch(mixed)).status).toBe(404);
    await ana.post('/calendar/me/feed');
    expect((await browser().fetch(pathname)).status).toBe(404);
    const renewed = (await ana.ask('GET', '/calendar/me')).body.value as OwnCalendar;
    expect((await browser().fetch(new URL(renewed.feedUrl).pathname)).status).toBe(200);
  });

  it('take one meeting as a file', async () => {
    const code = await announce(ana);
    const file = await browser().fetch(`/api/calendar/meetings/${code}/file`);
    expect(await file.text()).toContain('BEGIN:VEVENT');
  });
});

describe('[CAL-12] meetings that are over', () => {
  const WEEK_MS = 7 * 86_400_000;
  const codesOf = ({ entries }: CalendarPage) => entries.map(({ code }) => code);
  const past = (by: WebBrowser, query = '') => coming(by, `?past=${query}`);

  it('are listed the latest first, a page at a time, without what was cancelled; what goes on is not over', async () => {
    await announce(ana, { ...CIRCLE, recurrence: { every: 'week', count: 53 } });
    const first = await coming(ana);
    const all = [...first.entries, ...(await coming(ana, `?after=${first.after}`)).entries];
    const codes = all.map(({ code }) => code);
    expect(await past(ana)).toEqual({ entries: [], after: null });
    await ana.post(`/calendar/meetings/${codes[1]}/cancel`, { scope: 'one', word: '' });
    // While the fourth goes on.
    now = all[3]!.startsAt + 60_000;
    expect(codesOf(await past(ana))).toEqual([codes[2], codes[0]]);
    expect(codesOf(await coming(ana))[0]).toBe(codes[3]);
    now = all.at(-1)!.startsAt + WEEK_MS;
    const seen: string[] = [];
    let page = await past(ana);
    for (; page.after !== null; page = await past(ana, `&after=${page.after}`)) seen.push(...codesOf(page));
    seen.push(...codesOf(page));
    expect(seen).toEqual(codes.filter((code) => code !== codes[1]).reverse());
    expect((await coming(ana)).entries).toEqual([]);
  });

  it('of a community are for its members; those of somebody else are not listed', async () => {
    const [bea, carl] = [await signedIn('bea'), await signedIn('carl')];
    await community('logement', { ana: 'coordinator', bea: 'member' });
    const own = await announce(ana);
    const common = await announce(ana, { ...CIRCLE, community: 'logement' });
    now = instantOf(CIRCLE) + WEEK_MS;
    expect(codesOf(await past(ana)).sort()).toEqual([own, common].sort());
    expect(codesOf(await past(ana, '&community=logement'))).toEqual([common]);
    expect(codesOf(await past(bea))).toEqual([common]);
    expect(codesOf(await past(carl))).toEqual([]);
    expect((await carl.ask('GET', '/calendar?past=&community=logement')).body.refusal?.kind).toBe(
      'unknownCommunity',
    );
    expect((await browser().ask('GET', '/calendar?past=')).status).toBe(401);
  });
});
