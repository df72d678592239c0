import { communities, meetings, memberships, people } from '@relais/db';
import { instantOf } from '@relais/domain/calendar';
import type { MeetingEvent, MeetingId, ParticipantId, RoomId, RoundId } from '@relais/protocol';
import type { CalendarPage, MeetingRecord, RecordMessages } from '@relais/protocol/calendar';
import { startTestPostgres, type TestPostgres } from '@relais/testing/test-postgres';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createPostgresEntryStore } from '../adapters/postgres-entry-store.ts';
import { createPostgresMeetingLog } from '../adapters/postgres-meeting-log.ts';
import { createPostgresNoteStore } from '../adapters/postgres-note-store.ts';
import { createPeopleRig, type PeopleRig, type WebBrowser } from '../../test-support/people-rig.ts';

const START = Date.parse('2026-02-01T12:00:00Z');
const CIRCLE = {
  title: 'Cercle du logement',
  agenda: [{ text: 'Accueil', minutes: 10 }],
  date: '2026-03-04',
  time: '19:00',
  minutes: 60,
  registration: true,
  lang: 'fr',
};
const BEGAN = instantOf({ ...CIRCLE, timeZone: 'America/Toronto' });
const ENDED = BEGAN + 60 * 60_000;

let postgres: TestPostgres;
let rig: PeopleRig;
let now = START;
/** By name: a browser that is signed in, of which only one session is opened. */
let known: Map<string, WebBrowser>;
let addresses = 0;

beforeAll(async () => {
  postgres = await startTestPostgres();
});
beforeEach(async () => {
  now = START;
  known = new Map();
  rig = await createPeopleRig({ url: await postgres.freshDatabase(), now: () => now });
});
afterEach(() => rig.close());
afterAll(() => postgres.close());

const stranger = () => rig.browser(`192.0.2.${(addresses++ % 250) + 1}`);
async function as(name: string): Promise<WebBrowser> {
  const found = known.get(name);
  if (found) return found;
  const email = `${name}@exemple.test`;
  const one = stranger();
  await one.post('/auth/link', { email, lang: 'fr' });
  await one.post('/auth/link/use', { token: rig.lastToken(email) });
  await one.ask('PUT', '/people/me', { name });
  known.set(name, one);
  return one;
}
async function idOf(name: string): Promise<string> {
  await as(name);
  const [found] = await rig.database.orm
    .select()
    .from(people)
    .where(eq(people.email, `${name}@exemple.test`));
  return found!.id;
}
async function community(members: Record<string, 'coordinator' | 'animator' | 'member'>): Promise<void> {
  const at = new Date(START);
  const { orm } = rig.database;
  await orm.insert(communities).values({
    ...{ id: 'c', slug: 'logement', name: 'Logement', joining: 'open' as const },
    ...{ createdAt: at, updatedAt: at },
  });
  for (const [name, role] of Object.entries(members))
    await orm
      .insert(memberships)
      .values({ communityId: 'c', personId: await idOf(name), role, lang: 'fr', since: at });
}
async function announce(more: object = {}): Promise<{ code: string; meetingId: MeetingId }> {
  const answer = await (await as('ana')).post('/calendar', { ...CIRCLE, ...more });
  expect(answer.body).toMatchObject({ ok: true });
  const { code } = answer.body.value as { code: string };
  const [found] = await rig.database.orm.select().from(meetings).where(eq(meetings.code, code));
  return { code, meetingId: found!.meetingId as MeetingId };
}
const register = async (code: string, name: string) =>
  (await as(name)).post(`/calendar/meetings/${code}/registrations`, { lang: 'fr' });

/** Writes what happened in a meeting into its log. */
async function happened(meetingId: MeetingId, events: readonly object[]): Promise<void> {
  const log = createPostgresMeetingLog(rig.database);
  const before = await log.read(meetingId, 0, 1000);
  const version = before.ok ? before.value.length : 0;
  const done = await log.append(meetingId, version, events as MeetingEvent[]);
  expect(done.ok).toBe(true);
}
const seat = (name: string) => `seat-${name}` as ParticipantId;
const came = (name: string, more: object = {}) => ({
  ...{ type: 'participantJoined', participantId: seat(name), name, at: BEGAN + 1000 },
  ...more,
});
const left = (name: string, more: object = {}) => ({
  ...{ type: 'participantLeft', participantId: seat(name), reason: 'left', at: ENDED },
  ...more,
});
let messages = 0;
const said = (name: string, text: string, more: object = {}) => ({
  ...{ type: 'messagePosted', participantId: seat(name), name, text, at: BEGAN + 2000 },
  ...{ clientMessageId: `m${messages++}` },
  ...more,
});
async function note(meetingId: MeetingId, place: 'plenary' | RoomId, text: string): Promise<void> {
  const doc = new Y.Doc();
  doc.getText('text').insert(0, text);
  const stored = await createPostgresNoteStore(rig.database).append(
    { meetingId, place },
    { after: 0, update: Y.encodeStateAsUpdate(doc), summary: { lastLine: text, length: text.length, at: 1 } },
  );
  expect(stored.ok).toBe(true);
}
const ROOMS = ['toit', 'loyer'].map((name) => ({ roomId: `room-${name}` as RoomId, name }));
const opened = (placements: Record<string, string>) => [
  {
    ...{ type: 'breakoutOpened', by: seat('ana'), roundId: 'round' as RoundId, at: BEGAN + 1500 },
    ...{ rooms: ROOMS, placements, opensAt: BEGAN + 1500, endsAt: null, late: 'smallest', mayChoose: false },
  },
  { type: 'breakoutStarted', roundId: 'round', at: BEGAN + 1500 },
];

const record = async (name: string, code: string) =>
  (await as(name)).ask('GET', `/calendar/meetings/${code}/record`);
const recordOf = async (name: string, code: string) => (await record(name, code)).body.value as MeetingRecord;
/** `ok`, or why not. */
const answerTo = async (name: string, code: string) => {
  const { body } = await record(name, code);
  return body.ok ? 'ok' : body.refusal?.kind;
};

describe('[CAL-8] what is left of a meeting', () => {
  it('is who was there, the notes and the messages, of rooms only what one read in them', async () => {
    const { code, meetingId } = await announce();
    const bea = { personId: await idOf('bea') };
    await happened(meetingId, [
      came('ana', { role: 'facilitator', personId: await idOf('ana') }),
      came('bea', bea),
      came('carl', { personId: await idOf('carl') }),
      came('dora', { guest: true }),
      said('bea', 'Bonjour <b>à tous</b>'),
      ...opened({ [seat('bea')]: ROOMS[0]!.roomId, [seat('carl')]: ROOMS[1]!.roomId }),
      said('bea', 'sous le toit', { to: [ROOMS[0]!.roomId] }),
      said('carl', 'le loyer', { to: [ROOMS[1]!.roomId] }),
      said('ana', 'Deux minutes', { to: ['plenary', ROOMS[0]!.roomId], announcement: true }),
      left('bea', { at: BEGAN + 3000 }),
      came('bea', { ...bea, participantId: 'another-device', at: BEGAN + 4000 }),
      ...['ana', 'carl', 'dora'].map((name) => left(name)),
      { ...left('bea'), participantId: 'another-device' },
    ]);
    await note(meetingId, 'plenary', 'Ce que nous gardons');
    await note(meetingId, ROOMS[1]!.roomId, 'Un bail type');
    now = ENDED;
    const whole = await recordOf('ana', code);
    expect(whole.people).toEqual([
      { name: 'ana', isGuest: false, ran: true, stay: { from: BEGAN + 1000, until: ENDED } },
      { name: 'bea', isGuest: false, ran: false, stay: { from: BEGAN + 1000, until: ENDED } },
      { name: 'carl', isGuest: false, ran: false, stay: { from: BEGAN + 1000, until: ENDED } },
      { name: 'dora', isGuest: true, ran: false, stay: { from: BEGAN + 1000, until: ENDED } },
    ]);
    expect(whole.messages.messages.map(({ text, room }) => [text, room])).toEqual([
      ['Bonjour <b>à tous</b>', null],
      ['sous le toit', 'toit'],
      ['le loyer', 'loyer'],
      ['Deux minutes', null],
    ]);
    expect(whole.notes).toEqual([
      { room: null, round: null, text: 'Ce que nous gardons', isCut: false },
      { room: 'loyer', round: 1, text: 'Un bail type', isCut: false },
    ]);
    const hers = await recordOf('bea', code);
    expect(hers.people[0]).toEqual({ name: 'ana', isGuest: false, ran: true, stay: null });
    expect(hers.messages.messages.map(({ text }) => text)).toEqual([
      'Bonjour <b>à tous</b>',
      'sous le toit',
      'Deux minutes',
    ]);
    expect(hers.notes).toEqual(whole.notes);
    const response = await (await as('carl')).fetch(`/api/calendar/meetings/${code}/record/file?lang=en`);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    const text = await response.text();
    for (const part of [
      'Cercle du logement',
      '1. Accueil (10 min)',
      'WHO WAS THERE (4)',
      'Un bail type',
      'le loyer',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('sous le toit');
    expect(text).not.toContain(String(BEGAN));
  });

  it('comes in pages, and whole in the file; notes that are long are cut on the page alone', async () => {
    const { code, meetingId } = await announce();
    const texts = Array.from({ length: 250 }, (_, n) => `message ${n}.`);
    await happened(meetingId, [
      came('bea', { personId: await idOf('bea') }),
      ...texts.map((text) => said('bea', text)),
      left('bea'),
    ]);
    await note(meetingId, 'plenary', `${'x'.repeat(25_000)} fin`);
    now = ENDED;
    const first = await recordOf('bea', code);
    expect(first.notes[0]).toMatchObject({ isCut: true });
    expect(first.notes[0]!.text).toHaveLength(20_000);
    let page: RecordMessages = first.messages;
    const read = [...page.messages];
    while (page.after !== null) {
      const path = `/calendar/meetings/${code}/record/messages?after=${page.after}`;
      page = (await (await as('bea')).ask('GET', path)).body.value as RecordMessages;
      expect(page.messages.length).toBeLessThanOrEqual(100);
      read.push(...page.messages);
    }
    expect(read.map(({ text }) => text)).toEqual(texts);
    const file = await (await as('bea')).fetch(`/api/calendar/meetings/${code}/record/file`);
    const whole = await file.text();
    expect(whole).toContain('PERSONNES PRÉSENTES (1)');
    expect(whole).toContain(' fin\n');
    for (const text of texts) expect(whole).toContain(`    ${text}\n`);
  });

  it('is for those for whom the meeting was, by each rule of who may enter', async () => {
    await community({ ana: 'coordinator', marc: 'member' });
    const table: Record<string, Record<string, unknown>> = {};
    for (const entry of ['anyone', 'community', 'invited'] as const) {
      now = START;
      const { code, meetingId } = await announce({ community: 'logement', entry });
      const entries = createPostgresEntryStore(rig.database);
      await entries.invite(meetingId, ['ines@exemple.test']);
      if (entry !== 'community') await register(code, 'rene');
      await happened(meetingId, [
        came('theo', { personId: await idOf('theo') }),
        left('theo'),
        came('rita', { personId: await idOf('rita') }),
        left('rita', { reason: 'removed', by: seat('ana'), at: BEGAN + 2000 }),
      ]);
      now = ENDED;
      table[entry] = {};
      for (const name of ['ana', 'marc', 'rene', 'ines', 'theo', 'rita', 'luc'])
        table[entry][name] = await answerTo(name, code);
    }
    const [ok, no] = ['ok', 'notAllowed'];
    expect(table).toEqual({
      anyone: { ana: ok, marc: ok, rene: ok, ines: ok, theo: ok, rita: no, luc: no },
      community: {
        ...{ ana: ok, marc: ok, theo: ok, rita: no },
        ...{ rene: 'meetingNotFound', ines: 'meetingNotFound', luc: 'meetingNotFound' },
      },
      invited: { ana: ok, marc: no, rene: ok, ines: ok, theo: ok, rita: no, luc: no },
    });
    expect((await stranger().ask('GET', '/calendar/meetings/abc-defg-hjk/record')).status).toBe(401);
    expect(await answerTo('luc', 'abc-defg-hjk')).toBe('meetingNotFound');
  });

  it('is there when the meeting is over, for who runs it also while people linger; an open room stays closed to others', async () => {
    const { code, meetingId } = await announce();
    await register(code, 'rene');
    await happened(meetingId, [
      came('theo', { personId: await idOf('theo') }),
      ...opened({ [seat('theo')]: ROOMS[0]!.roomId }),
    ]);
    await note(meetingId, ROOMS[0]!.roomId, 'entre nous');
    now = ENDED - 1;
    expect([await answerTo('ana', code), await answerTo('rene', code)]).toEqual(['notOverYet', 'notOverYet']);
    now = ENDED;
    expect((await recordOf('ana', code)).notes).toHaveLength(1);
    expect(await answerTo('rene', code)).toBe('notOverYet');
    now = ENDED + 3 * 3_600_000;
    expect((await recordOf('rene', code)).notes).toEqual([]);
    await happened(meetingId, [left('theo', { at: now })]);
    expect((await recordOf('rene', code)).notes).toHaveLength(1);
  });
});

describe('[CAL-9] who reads that there is a meeting', () => {
  it('is by who may enter: to others its page, its file and its registration are those of none', async () => {
    await community({ ana: 'coordinator', marc: 'member' });
    const table: Record<string, string[]> = {};
    for (const entry of ['anyone', 'community', 'invited'] as const)
      for (const registration of [true, false]) {
        const { code, meetingId } = await announce({ community: 'logement', entry, registration });
        await createPostgresEntryStore(rig.database).invite(meetingId, ['ines@exemple.test']);
        const may: string[] = [];
        for (const name of ['ana', 'marc', 'ines', 'luc', 'nobody']) {
          const browser = name === 'nobody' ? stranger() : await as(name);
          const { status } = await browser.ask('GET', `/calendar/meetings/${code}`);
          const file = await browser.fetch(`/api/calendar/meetings/${code}/file`);
          expect(file.status).toBe(status);
          if (status === 200) may.push(name);
          else expect(status).toBe(404);
        }
        table[`${entry} ${registration}`] = may;
        const body = { name: 'luc', email: 'l@exemple.test', lang: 'fr' };
        const refused = await stranger().post(`/calendar/meetings/${code}/registrations`, body);
        expect(refused.status === 404).toBe(!may.includes('nobody'));
      }
    expect(table).toEqual({
      'anyone true': ['ana', 'marc', 'ines', 'luc', 'nobody'],
      'anyone false': ['ana', 'marc', 'ines', 'luc', 'nobody'],
      'community true': ['ana', 'marc'],
      'community false': ['ana', 'marc'],
      'invited true': ['ana', 'marc', 'ines', 'luc', 'nobody'],
      'invited false': ['ana', 'ines'],
    });
  });

  it('holds for lists and feeds: what is for the invited alone is not listed to the whole community', async () => {
    await community({ ana: 'coordinator', marc: 'member', ines: 'member' });
    const { code, meetingId } = await announce({
      ...{ community: 'logement', entry: 'invited', registration: false },
    });
    await createPostgresEntryStore(rig.database).invite(meetingId, ['ines@exemple.test', 'eve@exemple.test']);
    const codes = async (name: string, query = '') => {
      const { body } = await (await as(name)).ask('GET', `/calendar${query}`);
      return (body.value as CalendarPage).entries.map((entry) => entry.code);
    };
    const feedOf = async (name: string) => {
      const { body } = await (await as(name)).ask('GET', '/calendar/communities/logement/feed');
      const { feedUrl } = body.value as { feedUrl: string };
      return (await (await stranger().fetch(new URL(feedUrl).pathname)).text()).includes('BEGIN:VEVENT');
    };
    for (const query of ['', '?community=logement']) {
      expect(await codes('ana', query)).toEqual([code]);
      expect(await codes('ines', query)).toEqual([code]);
      expect(await codes('marc', query)).toEqual([]);
    }
    expect(await codes('eve')).toEqual([code]);
    expect([await feedOf('ana'), await feedOf('ines'), await feedOf('marc')]).toEqual([true, true, false]);
  });
});
