import { randomUUID } from 'node:crypto';
import { calendarAttendees, meetingEvents, meetings } from '@relais/db';
import type { MeetingEvent, MeetingId, VersionedEvent } from '@relais/protocol';
import { and, eq, ne, notInArray, sql } from 'drizzle-orm';
import type { NewAnimator } from '../ports/calendar-store.ts';
import type { CalendarTx } from './postgres-calendar-store.ts';

/**
 * [CAL-11] A new title, and the event in the log that says so. The head of the log moves in the same step: who appends meanwhile waits
 * for this row, finds another version, and decides again [LOG-3].
 */
export async function rename(
  tx: CalendarTx,
  meetingId: MeetingId,
  { title, at }: { title: string; at: number },
): Promise<VersionedEvent[]> {
  const [head] = await tx
    .update(meetings)
    .set({ title, version: sql`${meetings.version} + 1` })
    .where(and(eq(meetings.meetingId, meetingId), ne(meetings.title, title)))
    .returning({ version: meetings.version });
  if (!head) return [];
  const event: MeetingEvent = { type: 'meetingRenamed', title, at };
  await tx
    .insert(meetingEvents)
    .values({ meetingId, version: head.version, type: event.type, payload: event, at: new Date(at) });
  return [{ version: head.version, event }];
}

/** [CAL-11] These animate a meeting from now on, and nobody else does. Who had registered for it animates instead, and is told so. */
export async function letAnimate(
  tx: CalendarTx,
  meetingId: MeetingId,
  animators: readonly NewAnimator[],
  at: number,
): Promise<void> {
  const { email, part } = calendarAttendees;
  await tx.delete(calendarAttendees).where(
    and(
      eq(calendarAttendees.meetingId, meetingId),
      eq(part, 'animates'),
      animators.length > 0
        ? notInArray(
            email,
            animators.map((one) => one.email),
          )
        : undefined,
    ),
  );
  if (animators.length === 0) return;
  await tx
    .insert(calendarAttendees)
    .values(
      animators.map((one) => ({
        ...one,
        ...{ id: randomUUID(), meetingId, part: 'animates' as const, state: 'confirmed' as const },
        at: new Date(at),
      })),
    )
    .onConflictDoUpdate({
      target: [calendarAttendees.meetingId, calendarAttendees.email],
      set: {
        part: 'animates',
        state: 'confirmed',
        personId: sql`excluded.person_id`,
        name: sql`excluded.name`,
        toldState: null,
      },
      setWhere: eq(part, 'attends'),
    });
}
