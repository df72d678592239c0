/**
 * [PRIV-4] Every table that has something of a person, and what becomes of it when they are erased: a test walks the schema and
 * fails for a table that is not here. `cascade`: PostgreSQL does it with the row of the person. `unnamed`: the row stays and
 * names nobody. `erased`: erase-person.ts. `brief`: nothing in it tells whose it is, and it goes by itself within days.
 */
export const HANDLED_TABLES: Readonly<Record<string, 'cascade' | 'unnamed' | 'erased' | 'brief'>> = {
  people: 'erased',
  sessions: 'cascade',
  credentials: 'cascade',
  photos: 'cascade',
  proofs: 'erased',
  memberships: 'cascade',
  community_requests: 'cascade',
  community_invitations: 'erased',
  calendar_meetings: 'unnamed',
  calendar_attendees: 'erased',
  calendar_settings: 'cascade',
  meeting_invited: 'erased',
  mails: 'erased',
  register_entries: 'unnamed',
  meeting_events: 'erased',
  check_reports: 'brief',
};
