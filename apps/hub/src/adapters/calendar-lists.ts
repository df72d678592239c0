import {
  calendarAttendees,
  calendarMeetings,
  communities,
  meetingEntries,
  meetingInvited,
  meetings,
  memberships,
  people,
  type Database,
} from '@relais/db';
import { and, asc, desc, eq, gt, inArray, isNull, lt, ne, notExists, or, sql, type SQL } from 'drizzle-orm';
import type { CalendarPageAsked, CalendarStore, Listed } from '../ports/calendar-store.ts';
import { CALENDAR_COLUMNS, toCalendarRow } from './calendar-rows.ts';

type Orm = Database['orm'];
type Lists = Pick<CalendarStore, 'ofPerson' | 'ofCommunity'>;

/** What comes, and what is over, for one person: all of theirs, or what one community announces [CAL-3] [CAL-9] [CAL-12]. */
export function calendarLists(orm: Orm): {
  [L in keyof Lists]: (...asked: Parameters<Lists[L]>) => Promise<Listed[]>;
} {
  async function listed(
    personId: string,
    which: SQL | undefined,
    { since, isPast, after, most }: CalendarPageAsked,
  ): Promise<Listed[]> {
    const { startsAt, meetingId, minutes, isCancelled } = calendarMeetings;
    const begins = after && new Date(after.startsAt);
    const [beyond, order] = isPast ? [lt, desc] : [gt, asc];
    const ends = sql`${startsAt} + ${minutes} * interval '1 minute'`;
    const found = await orm
      .select({
        ...CALENDAR_COLUMNS,
        mine: { part: calendarAttendees.part, state: calendarAttendees.state },
      })
      .from(calendarMeetings)
      .innerJoin(meetings, eq(meetings.meetingId, meetingId))
      .leftJoin(communities, eq(communities.id, calendarMeetings.communityId))
      .leftJoin(
        calendarAttendees,
        and(eq(calendarAttendees.meetingId, meetingId), eq(calendarAttendees.personId, personId)),
      )
      .where(
        and(
          which,
          // A meeting lasts a day at the most: an index finds those, the exact end sorts them out.
          ...(isPast
            ? [lt(startsAt, new Date(since)), sql`${ends} <= ${new Date(since)}`, eq(isCancelled, false)]
            : [gt(startsAt, new Date(since - 86_400_000)), sql`${ends} > ${new Date(since)}`]),
          begins &&
            after &&
            or(beyond(startsAt, begins), and(eq(startsAt, begins), beyond(meetingId, after.meetingId))),
        ),
      )
      .orderBy(order(startsAt), order(meetingId))
      .limit(most);
    return found.map(({ mine, ...row }) => ({
      ...toCalendarRow(row),
      part:
        mine && (mine.part === 'animates' ? 'animates' : mine.state === 'waiting' ? 'waiting' : 'registered'),
    }));
  }

  /** [CAL-9] What a community announces and this person may read of it: not what is for others who are invited. */
  function readable(personId: string): SQL | undefined {
    const { meetingId, communityId, registration } = calendarMeetings;
    const forInvited = orm
      .select({ id: meetingEntries.meetingId })
      .from(meetingEntries)
      .where(and(eq(meetingEntries.meetingId, meetingId), eq(meetingEntries.rule, 'invited')));
    const run = orm
      .select({ id: memberships.communityId })
      .from(memberships)
      .where(and(eq(memberships.personId, personId), ne(memberships.role, 'member')));
    return or(
      eq(registration, true),
      notExists(forInvited),
      inArray(communityId, run),
      inArray(meetingId, placed(personId)),
      inArray(meetingId, invitedTo(personId)),
    );
  }

  /** Meetings in which somebody has a place, or waits for one, or which they animate. */
  const placed = (personId: string) =>
    orm
      .select({ id: calendarAttendees.meetingId })
      .from(calendarAttendees)
      .where(eq(calendarAttendees.personId, personId));

  /** Meetings on whose list their proved address stands [ENTRY-3]. */
  const invitedTo = (personId: string) =>
    orm
      .select({ id: meetingInvited.meetingId })
      .from(meetingInvited)
      .innerJoin(
        people,
        and(eq(sql`lower(${people.email})`, meetingInvited.email), eq(people.emailVerified, true)),
      )
      .where(eq(people.id, personId));

  return {
    ofPerson(personId, page) {
      const { meetingId, announcedBy, communityId } = calendarMeetings;
      const ours = orm
        .select({ id: memberships.communityId })
        .from(memberships)
        .where(eq(memberships.personId, personId));
      const which = or(
        inArray(meetingId, placed(personId)),
        inArray(meetingId, invitedTo(personId)),
        and(eq(announcedBy, personId), isNull(communityId)),
        and(inArray(communityId, ours), readable(personId)),
      );
      return listed(personId, which, page);
    },
    ofCommunity: (communityId, personId, page) =>
      listed(personId, and(eq(calendarMeetings.communityId, communityId), readable(personId)), page),
  };
}
