import {
  calendarAttendees,
  calendarMeetings,
  calendarSettings,
  communities,
  meetings,
  people,
  type Database,
} from '@relais/db';
import { and, asc, eq, gt, isNull, lte, ne, or, sql } from 'drizzle-orm';
import type { Noted, ToRemind, ToTell } from '../ports/calendar-store.ts';
import { CALENDAR_COLUMNS, toAttendee, toCalendarRow, toTold } from './calendar-rows.ts';

/** Whoever tells holds it: one hub at a time, and whoever is killed holds it no more. */
const TELLING_LOCK = 0x72_65_6c_63;
const MOST = 500;
const DAY_MS = 86_400_000;

type Work = (due: { tell: ToTell[]; remind: ToRemind[] }) => Promise<Noted>;

/** [CAL-5] Finds what is to be told, has it ordered, and notes that it was: all that is ordered twice has the same key. */
export async function tellWaiting(orm: Database['orm'], now: number, work: Work): Promise<void> {
  await orm.transaction(async (tx) => {
    const held = await tx.execute<{ held: boolean }>(
      sql`select pg_try_advisory_xact_lock(${TELLING_LOCK}) as held`,
    );
    if (!held.rows[0]?.held) return;
    const at = new Date(now);
    const { startsAt, isCancelled, sequence } = calendarMeetings;
    const columns = { ...CALENDAR_COLUMNS, attendee: calendarAttendees };
    const knowsNot = or(
      isNull(calendarAttendees.toldState),
      and(eq(isCancelled, true), ne(calendarAttendees.toldState, 'cancelled')),
      and(eq(isCancelled, false), sql`${calendarAttendees.toldState} <> ${calendarAttendees.state}`),
      sql`${calendarAttendees.toldSequence} < ${sequence}`,
    );
    const untold = await tx
      .select({ ...columns, by: people.name })
      .from(calendarAttendees)
      .innerJoin(calendarMeetings, eq(calendarMeetings.meetingId, calendarAttendees.meetingId))
      .innerJoin(meetings, eq(meetings.meetingId, calendarMeetings.meetingId))
      .leftJoin(communities, eq(communities.id, calendarMeetings.communityId))
      .leftJoin(people, eq(people.id, calendarMeetings.announcedBy))
      // Of what is over nobody needs to hear.
      .where(and(gt(startsAt, at), knowsNot))
      .orderBy(asc(calendarAttendees.email), asc(calendarMeetings.seriesId), asc(startsAt))
      .limit(MOST);
    const near = await tx
      .select({
        ...columns,
        day: calendarSettings.remindDay,
        hour: calendarSettings.remindHour,
      })
      .from(calendarAttendees)
      .innerJoin(calendarMeetings, eq(calendarMeetings.meetingId, calendarAttendees.meetingId))
      .innerJoin(meetings, eq(meetings.meetingId, calendarMeetings.meetingId))
      .leftJoin(communities, eq(communities.id, calendarMeetings.communityId))
      .leftJoin(calendarSettings, eq(calendarSettings.personId, calendarAttendees.personId))
      .where(
        and(
          gt(startsAt, at),
          lte(startsAt, new Date(now + DAY_MS)),
          eq(isCancelled, false),
          eq(calendarAttendees.state, 'confirmed'),
          // What was ordered for this beginning already is not read again.
          sql`case when ${startsAt} <= ${new Date(now + DAY_MS / 24)}
            then ${calendarAttendees.remindedHour} is distinct from ${startsAt}
            else ${calendarAttendees.remindedDay} is distinct from ${startsAt} end`,
        ),
      )
      .orderBy(asc(startsAt), asc(calendarAttendees.id))
      .limit(4 * MOST);
    if (untold.length === 0 && near.length === 0) return;
    const noted = await work({
      tell: untold.map(({ attendee, by, ...row }) => ({
        attendee: toAttendee(attendee),
        meeting: toCalendarRow(row),
        told: toTold(attendee),
        by,
      })),
      remind: near.map(({ attendee, day, hour, ...row }) => ({
        attendee: toAttendee(attendee),
        meeting: toCalendarRow(row),
        wanted: { day: day ?? true, hour: hour ?? true },
        reminded: {
          day: attendee.remindedDay?.getTime() ?? null,
          hour: attendee.remindedHour?.getTime() ?? null,
        },
      })),
    });
    for (const { id, told } of noted.told)
      await tx
        .update(calendarAttendees)
        .set({
          toldState: told.state,
          toldSequence: told.sequence,
          toldTitle: told.title,
          toldStartsAt: new Date(told.startsAt),
        })
        .where(eq(calendarAttendees.id, id));
    for (const { id, which, startsAt: began } of noted.reminded)
      await tx
        .update(calendarAttendees)
        .set(which === 'day' ? { remindedDay: new Date(began) } : { remindedHour: new Date(began) })
        .where(eq(calendarAttendees.id, id));
  });
}
