import {
  checkReports,
  meetings,
  noteDocuments,
  noteUpdates,
  meetingEvents,
  registerEntries,
  retentionTurns,
} from '@relais/db';
import type { Database } from '@relais/db';
import { eq, lt, sql } from 'drizzle-orm';
import type { Register } from './register.ts';

export interface RetentionDeps {
  database: Database;
  register: Register;
  /** Days; 0: for ever. */
  days: { meetings: number; register: number };
  now: () => number;
}

const DAY_MS = 86_400_000;
/** Once for all hubs. */
const EVERY_MS = 3_600_000;
/** Meetings in one turn: what is left waits for the next. */
const MOST = 500;

/**
 * [PRIV-7] Forgets what is past its time, where it is this hub's turn. `isRunning`: whether somebody is in a meeting now, on any
 * hub.
 */
export async function forgetPast(
  { database, register, days, now }: RetentionDeps,
  isRunning: (meetingId: string) => boolean,
): Promise<void> {
  if (!(await isOurTurn(database, now()))) return;
  if (days.register > 0) {
    const past = new Date(now() - days.register * DAY_MS);
    await database.orm.delete(registerEntries).where(lt(registerEntries.at, past));
  }
  if (days.meetings === 0) return;
  const past = new Date(now() - days.meetings * DAY_MS);
  const found = await database.orm.execute<{ meeting_id: string }>(
    sql`select m.meeting_id from meetings m where ${isPast(past)} order by m.created_at limit ${MOST}`,
  );
  for (const { meeting_id: meetingId } of found.rows) {
    if (!isRunning(meetingId)) await forgetMeeting(database, register, { meetingId, past });
  }
}

/** Nothing happened since, nothing was written in its notes, and no date of it is to come. */
const isPast = (past: Date) => sql`m.created_at < ${past}
  and not exists (select 1 from meeting_events e where e.meeting_id = m.meeting_id and e.at >= ${past})
  and not exists (select 1 from note_documents n where n.meeting_id = m.meeting_id and n.at >= ${past})
  and not exists (select 1 from calendar_meetings c where c.meeting_id = m.meeting_id
    and c.starts_at + make_interval(mins => c.minutes) >= ${past})`;

async function forgetMeeting(
  { orm }: Database,
  register: Register,
  { meetingId, past }: { meetingId: string; past: Date },
): Promise<void> {
  await orm.transaction(async (tx) => {
    // An event that is being appended takes this row: whoever comes second sees what the first did.
    await tx.execute(sql`select 1 from meetings where meeting_id = ${meetingId} for update`);
    const still = await tx.execute(
      sql`select 1 from meetings m where m.meeting_id = ${meetingId} and ${isPast(past)}`,
    );
    if (still.rows.length === 0) return;
    await tx.delete(noteUpdates).where(eq(noteUpdates.meetingId, meetingId));
    await tx.delete(noteDocuments).where(eq(noteDocuments.meetingId, meetingId));
    await tx.delete(checkReports).where(eq(checkReports.meetingId, meetingId));
    await tx.delete(meetingEvents).where(eq(meetingEvents.meetingId, meetingId));
    await tx.delete(meetings).where(eq(meetings.meetingId, meetingId));
    await register.writeWith(tx, { kind: 'meetingForgotten', meetingId });
  });
}

async function isOurTurn({ orm }: Database, at: number): Promise<boolean> {
  const next = { dueAt: new Date(at + EVERY_MS) };
  const taken = await orm
    .insert(retentionTurns)
    .values({ kind: 'past', ...next })
    .onConflictDoUpdate({
      target: retentionTurns.kind,
      set: next,
      setWhere: sql`${retentionTurns.dueAt} <= ${new Date(at)}`,
    })
    .returning();
  return taken.length > 0;
}
