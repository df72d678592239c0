import { type Database, databaseFailure, noteDocuments } from '@relais/db';
import { fail, ok, type Result } from '@relais/kit';
import { place } from '@relais/protocol';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { LogUnavailable } from '../ports/meeting-log.ts';
import { NOTE_MAX_ROWS, type NoteHead, type NoteKey, type NoteStore } from '../ports/note-store.ts';

/** Rows are an edge like any other: another version of this program may have written them. */
const stored = z.object({
  seq: z.int(),
  state: z.instanceof(Uint8Array).nullable(),
  updates: z.array(z.instanceof(Uint8Array)),
  rows: z.int(),
});
const head = z.object({ seq: z.int(), rows: z.int() });

/** Notes in PostgreSQL, each call one statement, which sees them as they were at one moment. */
export function createPostgresNoteStore({ orm, logger }: Database): NoteStore {
  async function attempt<T>(query: () => Promise<T>): Promise<Result<T, LogUnavailable>> {
    try {
      return ok(await query());
    } catch (error) {
      const failure = databaseFailure(error);
      if (failure.kind !== 'unavailable') throw error;
      logger.warn({ reason: failure.reason }, 'notes are unavailable');
      return fail({ kind: 'unavailable' });
    }
  }

  /** Why nothing was appended: the same statement cannot say. */
  async function refusedBecause(key: NoteKey, after: number) {
    const found = await attempt(() =>
      orm.execute(sql`
        select seq, seq - state_seq as rows from note_documents
        where meeting_id = ${key.meetingId} and place = ${key.place}`),
    );
    if (!found.ok) return fail(found.error);
    const [row] = found.value.rows;
    const now = row ? head.parse(row) : { seq: 0, rows: 0 };
    return fail({ kind: now.seq === after && now.rows >= NOTE_MAX_ROWS ? 'crowded' : 'conflict' } as const);
  }

  return {
    async load({ meetingId, place: where }, since) {
      const found = await attempt(() =>
        orm.execute(sql`
          select seq, case when state_seq > ${since} then state end as state, seq - state_seq as rows, array(
            select update from note_updates u
            where u.meeting_id = d.meeting_id and u.place = d.place and u.seq > ${since} order by u.seq
          ) as updates
          from note_documents d where meeting_id = ${meetingId} and place = ${where}`),
      );
      if (!found.ok) return found;
      const [row] = found.value.rows;
      if (!row) return ok({ seq: 0, updates: [], rows: 0 });
      const { seq, state, updates, rows } = stored.parse(row);
      return ok({ seq, ...(state && { state }), updates, rows });
    },

    async append(key, { after, update, summary: { lastLine, length, at } }) {
      const { meetingId, place: where } = key;
      const bytes = Buffer.from(update.buffer, update.byteOffset, update.byteLength);
      const written = sql`to_timestamp(${at}::double precision / 1000)`;
      // Of two that append after the same change the second waits for the first, and then finds nothing to change.
      const head =
        after === 0
          ? sql`insert into note_documents (meeting_id, place, seq, last_line, length, at)
              values (${meetingId}, ${where}, 1, ${lastLine}, ${length}, ${written})
              on conflict (meeting_id, place) do nothing returning seq`
          : sql`update note_documents set seq = seq + 1, last_line = ${lastLine}, length = ${length}, at = ${written}
              where meeting_id = ${meetingId} and place = ${where} and seq = ${after}
                and seq - state_seq < ${NOTE_MAX_ROWS} returning seq`;
      const done = await attempt(() =>
        orm.execute(sql`
          with head as (${head})
          insert into note_updates (meeting_id, place, seq, update)
          select ${meetingId}, ${where}, seq, ${bytes} from head`),
      );
      if (!done.ok) return done;
      return done.value.rowCount === 1 ? ok(undefined) : refusedBecause(key, after);
    },

    async compact({ meetingId, place: where }, { seq, state }) {
      const bytes = Buffer.from(state.buffer, state.byteOffset, state.byteLength);
      const done = await attempt(() =>
        orm.execute(sql`
          with head as (
            update note_documents set state = ${bytes}, state_seq = ${seq}
            where meeting_id = ${meetingId} and place = ${where} and state_seq < ${seq} and seq >= ${seq}
            returning state_seq
          )
          delete from note_updates u using head
          where u.meeting_id = ${meetingId} and u.place = ${where} and u.seq <= head.state_seq`),
      );
      return done.ok ? ok(undefined) : done;
    },

    async list(meetingId) {
      const { place: where, lastLine, length, at, meetingId: meeting } = noteDocuments;
      const found = await attempt(() =>
        orm.select({ place: where, lastLine, length, at }).from(noteDocuments).where(eq(meeting, meetingId)),
      );
      return found.ok ? ok(found.value.map(toHead)) : found;
    },
  };
}

function toHead(row: { place: string; lastLine: string; length: number; at: Date }): NoteHead {
  return { ...row, place: place.parse(row.place), at: row.at.getTime() };
}
