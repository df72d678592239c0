import { type calendarAttendees, calendarMeetings, communities, meetings } from '@relais/db';
import { meetingCode, meetingId } from '@relais/protocol';
import type { Attendee, CalendarRow, Told } from '../ports/calendar-store.ts';

/** What a query of meetings reads, and how a row is made of it. */
export const CALENDAR_COLUMNS = {
  meeting: calendarMeetings,
  code: meetings.code,
  community: { communityId: communities.id, slug: communities.slug, name: communities.name },
};

export interface CalendarSelected {
  meeting: typeof calendarMeetings.$inferSelect;
  code: string;
  community: { communityId: string; slug: string; name: string } | null;
}

export function toCalendarRow({ meeting, code, community }: CalendarSelected): CalendarRow {
  const { meetingId: id, startsAt, updatedAt, communityId: _, createdAt: __, ...rest } = meeting;
  return {
    ...rest,
    meetingId: meetingId.parse(id),
    code: meetingCode.parse(code),
    community,
    startsAt: startsAt.getTime(),
    updatedAt: updatedAt.getTime(),
  };
}

export function toAttendee(row: typeof calendarAttendees.$inferSelect): Attendee {
  const { id, personId, email, name, part, state, lang, timeZone, at } = row;
  return {
    id,
    meetingId: meetingId.parse(row.meetingId),
    personId,
    email,
    name,
    part,
    state,
    lang,
    timeZone,
    at: at.getTime(),
  };
}

export function toTold(row: typeof calendarAttendees.$inferSelect): Told | undefined {
  const { toldState: state, toldSequence: sequence, toldTitle: title, toldStartsAt: startsAt } = row;
  if (state === null || sequence === null || title === null || startsAt === null) return undefined;
  return { state, sequence, title, startsAt: startsAt.getTime() };
}
