import { checkReports, type Database, databaseFailure } from '@relais/db';
import { fail, ok, type Result } from '@relais/kit';
import { checkVerdict, type CheckReport } from '@relais/protocol';
import { and, desc, eq, gte, lt, sql } from 'drizzle-orm';
import { MAX_CHECK_REPORTS, type CheckReports } from '../ports/check-reports.ts';

/** Results of checks in PostgreSQL, each call one statement. */
export function createPostgresCheckReports({ orm, logger }: Database): CheckReports {
  async function attempt<T>(query: () => Promise<T>): Promise<Result<T, { kind: 'unavailable' }>> {
    try {
      return ok(await query());
    } catch (error) {
      const failure = databaseFailure(error);
      if (failure.kind !== 'unavailable') throw error;
      logger.warn({ reason: failure.reason }, 'results of checks are unavailable');
      return fail({ kind: 'unavailable' });
    }
  }

  return {
    async keep(meetingId, { owner, name, verdict, at }) {
      const kept = await attempt(() =>
        orm.execute(sql`
          insert into check_reports (meeting_id, owner, name, verdict, at)
          select ${meetingId}, ${owner}, ${name}, ${verdict}, to_timestamp(${at}::double precision / 1000)
          where (
            select count(*) from check_reports where meeting_id = ${meetingId} and owner <> ${owner}
          ) < ${MAX_CHECK_REPORTS}
          on conflict (meeting_id, owner)
            do update set name = excluded.name, verdict = excluded.verdict, at = excluded.at`),
      );
      if (!kept.ok) return kept;
      return kept.value.rowCount === 0 ? fail({ kind: 'full' }) : ok(undefined);
    },

    async list(meetingId, since) {
      const { name, verdict, at } = checkReports;
      const found = await attempt(() =>
        orm
          .select({ name, verdict, at })
          .from(checkReports)
          .where(and(eq(checkReports.meetingId, meetingId), gte(at, new Date(since))))
          .orderBy(desc(at))
          .limit(MAX_CHECK_REPORTS),
      );
      return found.ok ? ok(found.value.map(toReport)) : found;
    },

    async erase(meetingId, owner) {
      const { meetingId: meeting, owner: whose } = checkReports;
      const erased = await attempt(() =>
        orm.delete(checkReports).where(and(eq(meeting, meetingId), eq(whose, owner))),
      );
      return erased.ok ? ok(undefined) : erased;
    },

    async eraseBefore(instant) {
      const erased = await attempt(() =>
        orm.delete(checkReports).where(lt(checkReports.at, new Date(instant))),
      );
      return erased.ok ? ok(undefined) : erased;
    },
  };
}

/** Rows are an edge like any other: another version of this program may have written them. */
function toReport(row: Pick<typeof checkReports.$inferSelect, 'name' | 'verdict' | 'at'>): CheckReport {
  return { name: row.name, verdict: checkVerdict.parse(row.verdict), at: row.at.getTime() };
}
