import type { Database } from '@relais/db';
import type { Result } from '@relais/kit';
import { attendancePage, type AttendancePage } from '@relais/protocol/privacy';
import { sql } from 'drizzle-orm';
import { attempt, type Unavailable } from './attempt.ts';

const PAGE = 50;

interface Row extends Record<string, unknown> {
  meeting_id: string;
  version: number;
  title: string;
  name: string;
  has_account: boolean;
  came_at: Date;
  left_at: Date | null;
  reason: string | null;
}

/**
 * [PRIV-9] Who came to meetings and when they left, the last first. It is read from the logs of meetings and written nowhere else: it
 * goes with the meeting, and with who is erased. `before`: the id of the last line that was seen.
 */
export function attendance(
  database: Database,
  before: string | undefined,
): Promise<Result<AttendancePage, Unavailable>> {
  return attempt(database, async () => {
    const { rows } = await database.orm.execute<Row>(sql`
      select e.meeting_id, e.version, m.title, e.payload->>'name' as name, e.payload ? 'personId' as has_account,
        e.at as came_at, l.at as left_at, l.reason
      from meeting_events e
      join meetings m on m.meeting_id = e.meeting_id
      left join lateral (
        select l.at, l.payload->>'reason' as reason from meeting_events l
        where l.meeting_id = e.meeting_id and l.version > e.version and l.type = 'participantLeft'
          and l.payload->>'participantId' = e.payload->>'participantId'
        order by l.version limit 1
      ) l on true
      where e.type = 'participantJoined' and ${isBefore(before)}
      order by e.at desc, e.version desc, e.meeting_id desc limit ${PAGE + 1}`);
    const lines = rows.slice(0, PAGE).map((row) => {
      const cameAt = new Date(row.came_at).getTime();
      return {
        id: `${cameAt}.${row.version}.${row.meeting_id}`,
        meeting: row.title,
        name: row.name,
        hasAccount: row.has_account,
        cameAt,
        leftAt: row.left_at && new Date(row.left_at).getTime(),
        reason: row.reason,
      };
    });
    return attendancePage.parse({ lines, next: rows.length > PAGE ? (lines.at(-1)?.id ?? null) : null });
  });
}

function isBefore(id: string | undefined) {
  if (id === undefined) return sql`true`;
  const [at, version, ...meetingId] = id.split('.');
  return sql`(e.at, e.version, e.meeting_id) <
    (${new Date(Number(at))}, ${Number(version)}::integer, ${meetingId.join('.')})`;
}
