import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { CalendarRow } from '../../ports/calendar-store.ts';

export interface IcsOptions {
  /** Where the product is reached. */
  publicUrl: string;
  /** `cancel`: a program of calendars takes the meetings out. */
  method: 'publish' | 'cancel';
  /** Of a feed, as it is shown among one's calendars. */
  name?: string;
}

/**
 * [CAL-7] Meetings as an iCalendar file. Each occurrence is an event of its own under a `UID` that stays; times are in UTC, which no
 * program misreads; `SEQUENCE` rises with each change.
 */
export function icsOf(meetings: readonly CalendarRow[], { publicUrl, method, name }: IcsOptions): string {
  const { hostname } = new URL(publicUrl);
  const calendar = ical({
    prodId: '-//Relais//Relais//FR',
    method: method === 'cancel' ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
    ...(name !== undefined && { name, ttl: 3600 }),
  });
  for (const meeting of meetings) {
    const url = meetingUrl(publicUrl, meeting.code);
    const isCancelled = meeting.isCancelled || method === 'cancel';
    calendar.createEvent({
      id: `${meeting.meetingId}@relais`,
      sequence: meeting.sequence,
      stamp: new Date(meeting.updatedAt),
      start: new Date(meeting.startsAt),
      end: new Date(meeting.startsAt + meeting.minutes * 60_000),
      summary: meeting.title,
      description: describe(meeting, url),
      location: url,
      url,
      organizer: { name: 'Relais', email: `relais@${hostname}` },
      status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
  }
  return calendar.toString();
}

export const meetingUrl = (publicUrl: string, code: string) => `${publicUrl}/rencontres/${code}`;

function describe({ description, agenda }: CalendarRow, url: string): string {
  const points = agenda.map(({ text, minutes }) =>
    minutes === null ? `- ${text}` : `- ${text} (${minutes} min)`,
  );
  return [description, points.join('\n'), url].filter(Boolean).join('\n\n');
}
