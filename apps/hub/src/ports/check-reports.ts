import type { Result } from '@relais/kit';
import type { CheckReport, MeetingId } from '@relais/protocol';
import type { LogUnavailable } from './meeting-log.ts';

/** A result as it is kept: `owner` is a fingerprint of what its owner's browser keeps, and goes to nobody. */
export interface KeptCheckReport extends CheckReport {
  owner: string;
}

/** Results of one meeting that are kept at once: as many as it has seats. */
export const MAX_CHECK_REPORTS = 300;

export type KeepFailure = { kind: 'full' } | LogUnavailable;

/**
 * Results of the connection check that people agreed to tell the animator of one meeting [CHECK-6]. Every call settles,
 * within a few seconds even when the store is away.
 */
export interface CheckReports {
  /** In the place of the same owner's former one in that meeting, if there is one. `full`: the meeting has too many others. */
  keep(meetingId: MeetingId, report: KeptCheckReport): Promise<Result<void, KeepFailure>>;
  /** Those told at `since` or later, in milliseconds since 1970; the newest first. */
  list(meetingId: MeetingId, since: number): Promise<Result<CheckReport[], LogUnavailable>>;
  /** One that is not there is no error. */
  erase(meetingId: MeetingId, owner: string): Promise<Result<void, LogUnavailable>>;
  /** Erases all that were told before an instant, in every meeting. */
  eraseBefore(instant: number): Promise<Result<void, LogUnavailable>>;
}
