import { createMemoryMeetingLog } from '../src/adapters/memory-meeting-log.ts';
import type { MeetingLog } from '../src/ports/meeting-log.ts';

/** A log in memory with which a test makes trouble. */
export interface TroubledLog {
  log: MeetingLog;
  isAway: boolean;
  /** The next append waits for it: a database that hangs for one hub. */
  appends: Promise<void> | undefined;
}

export function createTroubledLog(): TroubledLog {
  const log = createMemoryMeetingLog();
  const away = async () => ({ ok: false, error: { kind: 'unavailable' } }) as const;
  const troubled: TroubledLog = {
    isAway: false,
    appends: undefined,
    log: {
      create: (...given) => log.create(...given),
      findByCode: (...given) => (troubled.isAway ? away() : log.findByCode(...given)),
      read: (...given) => (troubled.isAway ? away() : log.read(...given)),
      append: async (...given) => {
        if (troubled.isAway) return away();
        const waiting = troubled.appends;
        troubled.appends = undefined;
        await waiting;
        return log.append(...given);
      },
      lastOf: (...given) => (troubled.isAway ? away() : log.lastOf(...given)),
      messagesAfter: (...given) => (troubled.isAway ? away() : log.messagesAfter(...given)),
      messagesBefore: (...given) => (troubled.isAway ? away() : log.messagesBefore(...given)),
    },
  };
  return troubled;
}
