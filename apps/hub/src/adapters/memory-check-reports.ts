import { fail, ok } from '@relais/kit';
import type { MeetingId } from '@relais/protocol';
import { MAX_CHECK_REPORTS, type CheckReports, type KeptCheckReport } from '../ports/check-reports.ts';

/** Results of checks in this process's memory, for tests: they go with it. */
export function createMemoryCheckReports(): CheckReports {
  const meetings = new Map<MeetingId, Map<string, KeptCheckReport>>();

  return {
    async keep(meetingId, report) {
      const kept = meetings.get(meetingId) ?? new Map<string, KeptCheckReport>();
      if (!kept.has(report.owner) && kept.size >= MAX_CHECK_REPORTS) return fail({ kind: 'full' });
      kept.set(report.owner, { ...report });
      meetings.set(meetingId, kept);
      return ok(undefined);
    },
    async list(meetingId, since) {
      const kept = [...(meetings.get(meetingId)?.values() ?? [])].filter(({ at }) => at >= since);
      return ok(kept.sort((a, b) => b.at - a.at).map(({ name, verdict, at }) => ({ name, verdict, at })));
    },
    async erase(meetingId, owner) {
      meetings.get(meetingId)?.delete(owner);
      return ok(undefined);
    },
    async eraseBefore(instant) {
      for (const kept of meetings.values())
        for (const [owner, { at }] of kept) if (at < instant) kept.delete(owner);
      return ok(undefined);
    },
  };
}
