import type { MeetingLog } from '../ports/meeting-log.ts';
import type { HubMetrics } from './hub-metrics.ts';

/** The same log; how long each append takes, and what comes of it, is measured. */
export function measuredMeetingLog(log: MeetingLog, metrics: Pick<HubMetrics, 'appended'>): MeetingLog {
  return {
    create: (created) => log.create(created),
    findByCode: (code) => log.findByCode(code),
    read: (meetingId, afterVersion, limit) => log.read(meetingId, afterVersion, limit),
    lastOf: (meetingId, types) => log.lastOf(meetingId, types),
    messagesBefore: (...asked) => log.messagesBefore(...asked),
    messagesAfter: (...asked) => log.messagesAfter(...asked),
    append: async (meetingId, expectedVersion, events) => {
      const startedAt = performance.now();
      const seconds = () => (performance.now() - startedAt) / 1000;
      try {
        const appended = await log.append(meetingId, expectedVersion, events);
        metrics.appended(appended.ok ? 'ok' : appended.error.kind, seconds());
        return appended;
      } catch (error) {
        metrics.appended('threw', seconds());
        throw error;
      }
    },
  };
}
