import {
  calendarAttendees,
  calendarMeetings,
  calendarSettings,
  communities,
  communityInvitations,
  communityRequests,
  credentials,
  mails,
  meetingInvited,
  memberships,
  people,
  photos,
  registerEntries,
  sessions,
  type Database,
} from '@relais/db';
import { desc, eq, or, sql } from 'drizzle-orm';

/** Rows of one kind in one answer, the newest; people write some thousands of messages in years. */
const MOST = 20_000;

/** [PRIV-3] All that is kept of a person, as it is kept, but for secrets: passwords and sessions' tokens are no information on them. */
export async function personData({ orm }: Database, personId: string) {
  const [person] = await orm.select().from(people).where(eq(people.id, personId));
  if (!person) return undefined;
  const { email } = person;
  const theirs = sql`select meeting_id, payload->>'participantId' as participant_id from meeting_events
    where type = 'participantJoined' and payload->>'personId' = ${personId}`;
  const events = await orm.execute<{ code: string; title: string; event: Record<string, unknown> }>(
    sql`with theirs as (${theirs}) select m.code, m.title, e.payload as event
      from theirs join meeting_events e on e.meeting_id = theirs.meeting_id
        and e.payload->>'participantId' = theirs.participant_id
      join meetings m on m.meeting_id = e.meeting_id
      where e.type in ('participantJoined', 'participantLeft', 'messagePosted', 'roomAsked', 'askTaken')
      order by e.at desc limit ${MOST}`,
  );
  const [photo] = await orm.select().from(photos).where(eq(photos.personId, personId));
  const { image: _unused, ...account } = person;
  return {
    account,
    photo: photo ? { at: photo.at, webpInBase64: Buffer.from(photo.image).toString('base64') } : null,
    waysToSignIn: await orm
      .select({ provider: credentials.providerId, since: credentials.createdAt })
      .from(credentials)
      .where(eq(credentials.personId, personId)),
    sessions: await orm
      .select({ userAgent: sessions.userAgent, since: sessions.createdAt, lastUse: sessions.updatedAt })
      .from(sessions)
      .where(eq(sessions.personId, personId)),
    communities: await orm
      .select({ name: communities.name, role: memberships.role, since: memberships.since })
      .from(memberships)
      .innerJoin(communities, eq(communities.id, memberships.communityId))
      .where(eq(memberships.personId, personId)),
    requests: await orm
      .select({ name: communities.name, word: communityRequests.word, at: communityRequests.at })
      .from(communityRequests)
      .innerJoin(communities, eq(communities.id, communityRequests.communityId))
      .where(eq(communityRequests.personId, personId)),
    invitations: await orm
      .select({ name: communities.name, at: communityInvitations.createdAt })
      .from(communityInvitations)
      .innerJoin(communities, eq(communities.id, communityInvitations.communityId))
      .where(eq(communityInvitations.email, email)),
    meetingsInvitedTo: await orm
      .select({ meetingId: meetingInvited.meetingId })
      .from(meetingInvited)
      .where(eq(meetingInvited.email, email)),
    meetingsAnnounced: await orm
      .select({ title: calendarMeetings.title, startsAt: calendarMeetings.startsAt })
      .from(calendarMeetings)
      .where(eq(calendarMeetings.announcedBy, personId))
      .limit(MOST),
    registrations: await orm
      .select({
        title: calendarMeetings.title,
        startsAt: calendarMeetings.startsAt,
        name: calendarAttendees.name,
        part: calendarAttendees.part,
        state: calendarAttendees.state,
        at: calendarAttendees.at,
      })
      .from(calendarAttendees)
      .innerJoin(calendarMeetings, eq(calendarMeetings.meetingId, calendarAttendees.meetingId))
      .where(or(eq(calendarAttendees.personId, personId), eq(calendarAttendees.email, email)))
      .limit(MOST),
    calendar: await orm.select().from(calendarSettings).where(eq(calendarSettings.personId, personId)),
    emails: await orm
      .select({ kind: mails.kind, subject: mails.subject, state: mails.state, at: mails.createdAt })
      .from(mails)
      .where(sql`lower(${mails.recipient}) = ${email}`)
      .orderBy(desc(mails.createdAt))
      .limit(MOST),
    inMeetings: events.rows,
    register: await orm
      .select({ kind: registerEntries.kind, at: registerEntries.at })
      .from(registerEntries)
      .where(or(eq(registerEntries.actorId, personId), eq(registerEntries.subjectId, personId)))
      .orderBy(desc(registerEntries.id))
      .limit(MOST),
  };
}
