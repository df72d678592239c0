import { readMigrations, takeMigrations, withClient } from '@relais/db';

/**
 * What a database of each former version may hold, written for the tables as they were then: put in right after the migration at
 * the same place in the journal. Who adds tables adds rows here; those that stand are never changed, as versions that were are not.
 */
const ROWS: readonly string[] = [
  // 0000_meeting_log
  `insert into meetings values ('m1', 'abc-defg-hjk', 'Cercle du logement', 4, '2026-01-05T14:00:00.123Z');
   insert into meeting_events values
     ('m1', 1, 'meetingCreated', '{"type":"meetingCreated","meetingId":"m1","code":"abc-defg-hjk","title":"Cercle du logement","at":1767621600123}', '2026-01-05T14:00:00.123Z'),
     ('m1', 2, 'participantJoined', '{"type":"participantJoined","participantId":"p1","name":"Ana Côté","at":1767621601000}', '2026-01-05T14:00:01Z'),
     ('m1', 3, 'messagePosted', '{"type":"messagePosted","participantId":"p1","name":"Ana Côté","clientMessageId":"c1","text":"« Bonjour »\\n<b>à</b> tous 🌲","at":1767621602000}', '2026-01-05T14:00:02Z'),
     ('m1', 4, 'participantLeft', '{"type":"participantLeft","participantId":"p1","reason":"left","at":1767621603000}', '2026-01-05T14:00:03Z')`,
  // 0001_check_reports
  `insert into check_reports values ('m1', 'owner1', 'Ana Côté', 'ready', '2026-01-05T13:50:00Z')`,
  // 0002_notes
  String.raw`insert into note_documents values ('m1', 'plenary', 3, '\x00010a0dff', 2, 'Prochaine rencontre', 42, '2026-01-05T14:30:00Z');
   insert into note_updates values ('m1', 'plenary', 3, '\x0a00fe')`,
  // 0003_people
  String.raw`insert into people (id, email, email_verified, name, is_administrator, organisation, territory, languages, offers, seeks, created_at, updated_at) values
     ('ana', 'ana@exemple.test', true, 'Ana Côté', true, 'Maison du Nord', 'Témiscamingue', '{français,"anishinaabemowin, \"algonquin\""}', 'Logement', '', '2026-01-05T12:00:00Z', '2026-01-05T12:00:00.007Z');
   insert into sessions values ('s1', 'ana', 'token1', '2099-01-01T00:00:00Z', null, 'Firefox', '2026-01-05T12:00:00Z', '2026-01-05T12:00:00Z');
   insert into credentials (id, person_id, provider_id, account_id, password, created_at, updated_at) values
     ('k1', 'ana', 'credential', 'ana', 'hash', '2026-01-05T12:00:00Z', '2026-01-05T12:00:00Z');
   insert into photos values ('ana', 'v1', '\x52494646ff00', '2026-01-05T12:00:00Z')`,
  // 0004_outbox
  `insert into mails (key, kind, recipient, lang, subject, text, html, due_at, created_at) values
     ('invitation:1', 'invitation', 'leo@exemple.test', 'fr', 'Invitation', 'Bonjour', '<p>Bonjour</p>', '2026-01-05T12:00:00Z', '2026-01-05T12:00:00Z')`,
  // 0005_communities
  `insert into communities values ('com1', 'logement', 'Logement', 'Ensemble', 'request', '2026-01-05T12:00:00Z', '2026-01-05T12:00:00Z');
   insert into memberships values ('com1', 'ana', 'coordinator', 'fr', '2026-01-05T12:00:00Z');
   insert into community_invitations values ('i1', 'com1', 'leo@exemple.test', 'member', 'fr', 'ana', '2026-01-05T12:00:00Z', '2099-01-01T00:00:00Z')`,
  // 0006_entry
  `insert into meeting_entries values ('m1', 'community', 'com1');
   insert into meeting_invited values ('m1', 'leo@exemple.test');
   insert into guest_links values ('g1', 'm1', 'Citoyens', 12, '2026-01-05T12:00:00Z', '2099-01-01T00:00:00Z', null);
   insert into guest_seats values ('g1', 'p9', '2026-01-05T14:00:00Z')`,
  // 0007_calendar
  `insert into calendar_meetings (meeting_id, series_id, recurs, community_id, announced_by, title, description, agenda, starts_at,
     minutes, time_zone, registration, capacity, created_at, updated_at) values
     ('m1', 'serie1', false, 'com1', 'ana', 'Cercle du logement', 'Mensuel', '[]', '2026-01-05T14:00:00Z', 60, 'America/Toronto', true, 20,
      '2026-01-05T12:00:00Z', '2026-01-05T12:00:00Z');
   insert into calendar_attendees (id, meeting_id, person_id, email, name, part, state, lang, time_zone, at) values
     ('a1', 'm1', 'ana', 'ana@exemple.test', 'Ana Côté', 'animator', 'coming', 'fr', 'America/Toronto', '2026-01-05T12:00:00Z');
   insert into calendar_settings values ('ana', true, false, 2)`,
  // 0008_register
  `insert into register_entries values ('01900000-0000-7000-8000-000000000001', 'roleChanged', 'ana', 'ana', 'com1', null, '2026-01-05T12:00:00Z');
   insert into retention_turns values ('forget', '2026-01-05T13:00:00Z')`,
];

/** Makes of an empty database one that a version of so many migrations has left, with what people had in it then. */
export async function leaveAsFormerVersion(url: string, migrations: number): Promise<void> {
  await withClient(url, async (client) => {
    for (const [index, step] of readMigrations().slice(0, migrations).entries()) {
      await takeMigrations(client, [step]);
      await client.query(ROWS[index] ?? 'select 1');
    }
  });
}
