import { calendarMeetings } from '@relais/db';
import { writeEntry, type Act, type Writer } from './register-rows.ts';

/** Of a meeting of the calendar, what the register tells. */
export const ACTED_ON = {
  meetingId: calendarMeetings.meetingId,
  startsAt: calendarMeetings.startsAt,
};
export interface CalendarActOn {
  meetingId: string;
  startsAt: Date | number;
}

/**
 * [PRIV-6] What was done to these in one act, a whole recurrence too, is one line, of the first of them; to none, it is none. It does not
 * stand in the register of a community: not all who read that one may know of the meeting [CAL-9].
 */
export async function tellCalendar(
  tx: Writer,
  kind: 'meetingAnnounced' | 'meetingChanged' | 'meetingCancelled',
  on: readonly CalendarActOn[],
  { actorId, at }: Act,
): Promise<void> {
  const [first] = on.toSorted((a, b) => Number(a.startsAt) - Number(b.startsAt));
  if (!first) return;
  await writeEntry(tx, { kind, actorId, meetingId: first.meetingId }, at);
}
