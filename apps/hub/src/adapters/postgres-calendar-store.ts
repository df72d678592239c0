import {
  calendarAttendees,
  calendarMeetings,
  calendarSettings,
  communities,
  databaseFailure,
  meetingEntries,
  meetings,
  people,
  type Database,
} from '@relais/db';
import { movedUp, placeFor } from '@relais/domain/calendar';
import { fail, ok, type Result } from '@relais/kit';
import { REGISTRATIONS_MAX } from '@relais/protocol/calendar-limits';
import { and, asc, count, eq, gt, gte, inArray, isNull, lt, sql } from 'drizzle-orm';
import type { CalendarStore, Renamed } from '../ports/calendar-store.ts';
import type { Unavailable } from '../ports/people-store.ts';
import { letAnimate, rename } from './calendar-changes.ts';
import { calendarLists } from './calendar-lists.ts';
import { ACTED_ON, tellCalendar, type CalendarActOn } from './calendar-register.ts';
import { CALENDAR_COLUMNS, toAttendee, toCalendarRow } from './calendar-rows.ts';
import { tellWaiting } from './calendar-telling.ts';

type Orm = Database['orm'];
export type CalendarTx = Parameters<Parameters<Orm['transaction']>[0]>[0];

export function createPostgresCalendarStore({ orm, logger }: Database): CalendarStore {
  async function attempt<T>(query: () => Promise<T>): Promise<Result<T, Unavailable>> {
    try {
      return ok(await query());
    } catch (error) {
      const failure = databaseFailure(error);
      if (failure.kind !== 'unavailable') throw error;
      logger.warn({ reason: failure.reason }, 'the calendar is unavailable');
      return fail({ kind: 'unavailable' });
    }
  }

  const select = () =>
    orm
      .select(CALENDAR_COLUMNS)
      .from(calendarMeetings)
      .innerJoin(meetings, eq(meetings.meetingId, calendarMeetings.meetingId))
      .leftJoin(communities, eq(communities.id, calendarMeetings.communityId));

  const lists = calendarLists(orm);

  return {
    announce: (rows, attendees, at) =>
      attempt(() =>
        orm.transaction(async (tx) => {
          const stamp = new Date(at);
          await tx.insert(calendarMeetings).values(
            rows.map(({ entry: _, ...row }) => ({
              ...row,
              startsAt: new Date(row.startsAt),
              createdAt: stamp,
              updatedAt: stamp,
            })),
          );
          // Who may enter is known before anybody is told of the meeting.
          await tx
            .insert(meetingEntries)
            .values(
              rows.map(({ meetingId, entry, communityId }) => ({ meetingId, rule: entry, communityId })),
            );
          const first = new Map(rows.map((row) => [row.meetingId, row]));
          const told = (meetingId: (typeof attendees)[number]['meetingId']) => {
            const row = first.get(meetingId);
            return row && { toldTitle: row.title, toldStartsAt: new Date(row.startsAt) };
          };
          for (let from = 0; from < attendees.length; from += 200)
            await tx.insert(calendarAttendees).values(
              attendees.slice(from, from + 200).map(({ knows, ...one }) => ({
                ...one,
                state: 'confirmed' as const,
                at: stamp,
                ...(knows && { toldState: 'confirmed' as const, toldSequence: 0, ...told(one.meetingId) }),
              })),
            );
          await tellCalendar(tx, 'meetingAnnounced', rows, { actorId: rows[0]?.announcedBy, at });
        }),
      ),
    find: (code) =>
      attempt(async () => {
        const [found] = await select().where(eq(meetings.code, code)).limit(1);
        return found && toCalendarRow(found);
      }),
    following: (seriesId, startsAt) =>
      attempt(async () => {
        const found = await select()
          .where(
            and(
              eq(calendarMeetings.seriesId, seriesId),
              gte(calendarMeetings.startsAt, new Date(startsAt)),
              eq(calendarMeetings.isCancelled, false),
            ),
          )
          .orderBy(asc(calendarMeetings.startsAt));
        return found.map(toCalendarRow);
      }),
    change: (changes, by, animators) =>
      attempt(async () => {
        const { at } = by;
        const renamed: Renamed[] = [];
        const told: CalendarActOn[] = [];
        try {
          await orm.transaction(async (tx) => {
            for (const { meetingId, sequence, to } of changes) {
              const changed = await tx
                .update(calendarMeetings)
                .set({
                  ...to,
                  startsAt: new Date(to.startsAt),
                  sequence: sequence + 1,
                  updatedAt: new Date(at),
                })
                .where(
                  and(
                    eq(calendarMeetings.meetingId, meetingId),
                    eq(calendarMeetings.sequence, sequence),
                    eq(calendarMeetings.isCancelled, false),
                  ),
                )
                .returning(ACTED_ON);
              if (changed.length === 0) throw new Overtaken();
              told.push(...changed);
              const events = await rename(tx, meetingId, { title: to.title, at });
              if (events.length > 0) renamed.push({ meetingId, events });
              if (animators) await letAnimate(tx, meetingId, animators, at);
              await moveUp(tx, meetingId, to.capacity);
            }
            await tellCalendar(tx, 'meetingChanged', told, by);
          });
          return { renamed };
        } catch (error) {
          if (error instanceof Overtaken) return 'overtaken' as const;
          throw error;
        }
      }),
    cancel: (meetingIds, word, by) =>
      attempt(() =>
        orm.transaction(async (tx) => {
          const cancelled = await tx
            .update(calendarMeetings)
            .set({
              isCancelled: true,
              cancelWord: word,
              sequence: sql`${calendarMeetings.sequence} + 1`,
              updatedAt: new Date(by.at),
            })
            .where(
              and(
                inArray(calendarMeetings.meetingId, [...meetingIds]),
                eq(calendarMeetings.isCancelled, false),
              ),
            )
            .returning(ACTED_ON);
          await tellCalendar(tx, 'meetingCancelled', cancelled, by);
        }),
      ),
    attendees: (meetingId) =>
      attempt(async () => {
        const found = await orm
          .select()
          .from(calendarAttendees)
          .where(eq(calendarAttendees.meetingId, meetingId))
          .orderBy(asc(calendarAttendees.at), asc(calendarAttendees.id));
        return found.map(toAttendee);
      }),
    register: ({ knows: _, ...attendee }, at) =>
      attempt(() =>
        orm.transaction(async (tx) => {
          const meeting = await locked(tx, attendee.meetingId);
          const isOpen =
            meeting && meeting.registration && !meeting.isCancelled && meeting.startsAt.getTime() > at;
          if (!isOpen) return 'closed' as const;
          const asked = await askedFor(tx, attendee.meetingId);
          const there = asked.find(({ email }) => email === attendee.email);
          if (there) return { state: there.state, isNew: false };
          if (asked.length >= REGISTRATIONS_MAX) return 'closed' as const;
          const state = placeFor(
            asked.filter(({ part }) => part === 'attends'),
            meeting.capacity,
          );
          await tx.insert(calendarAttendees).values({ ...attendee, state, at: new Date(at) });
          return { state, isNew: true };
        }),
      ),
    unregister: (which) =>
      attempt(() =>
        orm.transaction(async (tx) => {
          const { id, meetingId, personId, part } = calendarAttendees;
          const one =
            'id' in which
              ? eq(id, which.id)
              : and(eq(meetingId, which.meetingId), eq(personId, which.personId));
          const [found] = await tx
            .select({ meetingId })
            .from(calendarAttendees)
            .where(and(one, eq(part, 'attends')))
            .limit(1);
          if (!found) return false;
          const meeting = await locked(tx, found.meetingId);
          const gone = await tx
            .delete(calendarAttendees)
            .where(and(one, eq(part, 'attends')))
            .returning({ id });
          // For a meeting that has begun nobody has time to come in another's place.
          if (meeting && !meeting.isCancelled) await moveUp(tx, found.meetingId, meeting.capacity);
          return gone.length > 0;
        }),
      ),
    ofPerson: (...asked) => attempt(() => lists.ofPerson(...asked)),
    ofCommunity: (...asked) => attempt(() => lists.ofCommunity(...asked)),
    ownComing: (personId, now) =>
      attempt(async () => {
        const { announcedBy, communityId, startsAt } = calendarMeetings;
        const [found] = await orm
          .select({ number: count() })
          .from(calendarMeetings)
          .where(and(eq(announcedBy, personId), isNull(communityId), gt(startsAt, new Date(now))));
        return found?.number ?? 0;
      }),
    settings: (personId) =>
      attempt(async () => {
        const [found] = await orm
          .select()
          .from(calendarSettings)
          .where(eq(calendarSettings.personId, personId))
          .limit(1);
        const { remindDay = true, remindHour = true, feed = 1 } = found ?? {};
        return { remindDay, remindHour, feed };
      }),
    saveSettings: (personId, settings) =>
      attempt(async () => {
        await orm
          .insert(calendarSettings)
          .values({ personId, ...settings })
          .onConflictDoUpdate({ target: calendarSettings.personId, set: settings });
      }),
    renewFeed: (personId) =>
      attempt(async () => {
        const [renewed] = await orm
          .insert(calendarSettings)
          .values({ personId, feed: 2 })
          .onConflictDoUpdate({
            target: calendarSettings.personId,
            set: { feed: sql`${calendarSettings.feed} + 1` },
          })
          .returning({ feed: calendarSettings.feed });
        return renewed?.feed ?? 1;
      }),
    personByEmail: (email) =>
      attempt(async () => {
        const [found] = await orm
          .select({ personId: people.id, name: people.name })
          .from(people)
          .where(eq(people.email, email))
          .limit(1);
        return found;
      }),
    tell: (now, work) => attempt(() => tellWaiting(orm, now, work)),
    forget: (before) =>
      attempt(async () => {
        const over = orm
          .select({ id: calendarMeetings.meetingId })
          .from(calendarMeetings)
          .where(lt(calendarMeetings.startsAt, new Date(before)));
        await orm
          .delete(calendarAttendees)
          .where(and(isNull(calendarAttendees.personId), inArray(calendarAttendees.meetingId, over)));
      }),
  };
}

/** A change met another one. */
class Overtaken extends Error {}

/** [CAL-4] Whoever counts places has the meeting to themselves until they have taken one. */
async function locked(tx: CalendarTx, meetingId: string) {
  const [meeting] = await tx
    .select()
    .from(calendarMeetings)
    .where(eq(calendarMeetings.meetingId, meetingId))
    .for('update');
  return meeting;
}

async function askedFor(tx: CalendarTx, meetingId: string) {
  const rows = await tx.select().from(calendarAttendees).where(eq(calendarAttendees.meetingId, meetingId));
  return rows.map(toAttendee);
}

async function moveUp(tx: CalendarTx, meetingId: string, capacity: number | null): Promise<void> {
  const asked = await askedFor(tx, meetingId);
  const up = movedUp(
    asked.filter(({ part }) => part === 'attends'),
    capacity,
  );
  if (up.length > 0)
    await tx.update(calendarAttendees).set({ state: 'confirmed' }).where(inArray(calendarAttendees.id, up));
}
