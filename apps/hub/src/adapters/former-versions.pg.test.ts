import { createDatabase, type Database, migrateDatabase, readMigrations } from '@relais/db';
import type { MeetingCode, MeetingId } from '@relais/protocol';
import { leaveAsFormerVersion } from '@relais/testing/former-rows';
import { startTestPostgres, type TestPostgres } from '@relais/testing/test-postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPostgresCheckReports } from './postgres-check-reports.ts';
import { createPostgresCommunityStore } from './postgres-community-store.ts';
import { createPostgresMeetingLog } from './postgres-meeting-log.ts';
import { createPostgresNoteStore } from './postgres-note-store.ts';
import { createPostgresOutbox } from './postgres-outbox.ts';
import { createPostgresPeopleStore } from './postgres-people-store.ts';

const MEETING = 'm1' as MeetingId;

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterAll(() => postgres.close());

/** What is found of what people had in version 1, in version 2, …: all of it that the former version had. */
const FINDS: readonly ((database: Database) => Promise<void>)[] = [
  async (database) => {
    const log = createPostgresMeetingLog(database);
    const head = await log.findByCode('abc-defg-hjk' as MeetingCode);
    expect(head).toMatchObject({
      value: { meetingId: 'm1', title: 'Cercle du logement', version: 4, createdAt: 1_767_621_600_123 },
    });
    const events = await log.read(MEETING, 0, 10);
    expect(events.ok && events.value.map(({ version, event }) => `${version} ${event.type}`)).toEqual([
      '1 meetingCreated',
      '2 participantJoined',
      '3 messagePosted',
      '4 participantLeft',
    ]);
    const messages = await log.messagesBefore(MEETING, 5, 10);
    expect(messages).toMatchObject({ value: [{ text: '« Bonjour »\n<b>à</b> tous 🌲' }] });
  },
  async (database) => {
    const reports = await createPostgresCheckReports(database).list(MEETING, 0);
    expect(reports).toMatchObject({ value: [{ name: 'Ana Côté', verdict: 'ready' }] });
  },
  async (database) => {
    const notes = createPostgresNoteStore(database);
    expect(await notes.list(MEETING)).toMatchObject({
      value: [{ place: 'plenary', lastLine: 'Prochaine rencontre', length: 42 }],
    });
    const stored = await notes.load({ meetingId: MEETING, place: 'plenary' }, 0);
    if (!stored.ok) throw new Error('the notes are away');
    expect([...(stored.value.state ?? [])]).toEqual([0, 1, 10, 13, 255]);
    expect(stored.value.updates.map((update) => [...update])).toEqual([[10, 0, 254]]);
  },
  async (database) => {
    const people = createPostgresPeopleStore(database);
    expect(await people.find('ana')).toMatchObject({
      value: {
        email: 'ana@exemple.test',
        isAdministrator: true,
        hasPassword: true,
        profile: { name: 'Ana Côté', languages: ['français', 'anishinaabemowin, "algonquin"'] },
      },
    });
    const sessions = await people.sessions('ana', Date.parse('2026-02-01'));
    expect(sessions.ok && sessions.value.map(({ sessionId }) => sessionId)).toEqual(['s1']);
    const photo = await people.photo('ana', 'v1');
    expect(photo.ok && [...(photo.value ?? [])]).toEqual([82, 73, 70, 70, 255, 0]);
  },
  async (database) => {
    const mails = await createPostgresOutbox(database).list({ before: undefined, most: 10 });
    expect(mails).toMatchObject({
      value: [{ key: 'invitation:1', to: 'leo@exemple.test', state: 'waiting', text: 'Bonjour' }],
    });
  },
  async (database) => {
    const store = createPostgresCommunityStore(database);
    expect(await store.find('logement')).toMatchObject({ value: { name: 'Logement', joining: 'request' } });
    expect(await store.roleIn('com1', 'ana')).toMatchObject({ value: 'coordinator' });
  },
  async (database) => {
    const { rows } = await database.orm.execute(
      `select rule, (select email from meeting_invited) as email, (select seats from guest_links) as seats,
         (select participant_id from guest_seats) as guest from meeting_entries`,
    );
    expect(rows).toEqual([{ rule: 'community', email: 'leo@exemple.test', seats: 12, guest: 'p9' }]);
  },
  async (database) => {
    const { rows } = await database.orm.execute(
      `select title, (select email from calendar_attendees) as email, (select feed from calendar_settings) as feed
       from calendar_meetings`,
    );
    expect(rows).toEqual([{ title: 'Cercle du logement', email: 'ana@exemple.test', feed: 2 }]);
  },
  async (database) => {
    const { rows } = await database.orm.execute(
      'select kind, actor_id, (select kind from retention_turns) as turn from register_entries',
    );
    expect(rows).toEqual([{ kind: 'roleChanged', actor_id: 'ana', turn: 'forget' }]);
  },
];

describe('the database of a former version', () => {
  const former = readMigrations().map((_, index) => index + 1);
  it.each(former)(
    '[KEEP-1] of %i migrations is led on, and what people had in it is found',
    async (count) => {
      const url = await postgres.emptyDatabase();
      await leaveAsFormerVersion(url, count);
      await migrateDatabase(url);
      const database = createDatabase({ url });
      try {
        for (const find of FINDS.slice(0, count)) await find(database);
        const { rows } = await database.orm.execute(
          'select count(*)::integer as taken from drizzle.__drizzle_migrations',
        );
        expect(rows).toEqual([{ taken: former.length }]);
      } finally {
        await database.close();
      }
    },
  );
});
