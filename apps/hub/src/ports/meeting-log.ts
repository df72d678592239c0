import type { Result } from '@relais/kit';
import type { MeetingCode, MeetingEvent, MeetingId, Message, Place, VersionedEvent } from '@relais/protocol';

export type EventType = MeetingEvent['type'];
export type MeetingCreated = Extract<MeetingEvent, { type: 'meetingCreated' }>;

/** What is known of a meeting without reading its log. */
export interface MeetingHead {
  meetingId: MeetingId;
  code: MeetingCode;
  title: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Of the last event in the log. */
  version: number;
}

/** The log is away, stopping or too slow. Nothing is known to have been written, nor not to have been. */
export type LogUnavailable = { kind: 'unavailable' };

export type CreateFailure = { kind: 'codeTaken' } | LogUnavailable;

export type AppendFailure =
  /** Another event came first: read on from `expectedVersion`, and decide again. */
  | { kind: 'versionConflict' }
  /** This participant has posted this `clientMessageId` already. */
  | { kind: 'duplicateMessage' }
  | { kind: 'unknownMeeting' }
  | LogUnavailable;

/**
 * The truth about meetings: for each, what became true, numbered from 1 without gaps. What a call has answered
 * `ok` to is kept, whatever is killed next. Every call settles, within a few seconds even when the log is away.
 *
 * `unavailable` leaves a write in doubt: when the connection breaks while the log commits, the events may be in
 * it. Who tries again finds out: the same `append` meets `versionConflict` (read on: one's own events may be
 * among what is read) or, for a message, `duplicateMessage` (it is posted: that is success for its sender); the
 * same `create` meets `codeTaken`.
 */
export interface MeetingLog {
  /** Opens a meeting's log: the event is its version 1. */
  create(created: MeetingCreated): Promise<Result<void, CreateFailure>>;
  findByCode(code: MeetingCode): Promise<Result<MeetingHead | undefined, LogUnavailable>>;
  /** At most `limit` events after a version, in order; none for a meeting that is not known. */
  read(
    meetingId: MeetingId,
    afterVersion: number,
    limit: number,
  ): Promise<Result<VersionedEvent[], LogUnavailable>>;
  /**
   * Adds the events after `expectedVersion`, all or none, if that is still the last version. Answers the new
   * last version. At least one event.
   */
  append(
    meetingId: MeetingId,
    expectedVersion: number,
    events: readonly MeetingEvent[],
  ): Promise<Result<number, AppendFailure>>;
  /** The last event of these types; undefined: there is none. */
  lastOf(
    meetingId: MeetingId,
    types: readonly [EventType, ...EventType[]],
  ): Promise<Result<MeetingEvent | undefined, LogUnavailable>>;
  /** The newest `limit` messages before a version that can be read in a place [BREAK-14], oldest first. */
  messagesBefore(
    meetingId: MeetingId,
    beforeVersion: number,
    limit: number,
    place?: Place,
  ): Promise<Result<Message[], LogUnavailable>>;
  /** The first `limit` messages after a version that can be read in one of these places, each once, oldest first. */
  messagesAfter(
    meetingId: MeetingId,
    afterVersion: number,
    limit: number,
    places: readonly Place[] | 'all',
  ): Promise<Result<Message[], LogUnavailable>>;
}
