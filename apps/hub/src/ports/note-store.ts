import type { Result } from '@relais/kit';
import type { MeetingId, Place } from '@relais/protocol';
import type { LogUnavailable } from './meeting-log.ts';

/** Notes of one place of a meeting. */
export interface NoteKey {
  meetingId: MeetingId;
  place: Place;
}

/** What can be said of notes without opening them. */
export interface NoteSummary {
  /** The last line with something in it. */
  lastLine: string;
  /** Characters. */
  length: number;
  /** When they were last written, in milliseconds since 1970. */
  at: number;
}

export interface NoteHead extends NoteSummary {
  place: Place;
}

/** What lies after a change that somebody has; all of it may be applied again without effect. */
export interface StoredNotes {
  /** The number of the last change; 0: there is none. */
  seq: number;
  /** All changes up to one that is after those asked for; left out when the rows hold all that is missing. */
  state?: Uint8Array;
  /** In order. */
  updates: Uint8Array[];
  /** Changes that are rows of their own. */
  rows: number;
}

export type AppendNoteFailure =
  /** Somebody else wrote first: load what is new, and append after that. Nothing was stored. */
  | { kind: 'conflict' }
  /** There are `NOTE_MAX_ROWS` rows: they are to be drawn together first. Nothing was stored. */
  | { kind: 'crowded' }
  /** It may have been stored. */
  | LogUnavailable;

/** Changes of one piece of notes that may stand as rows of their own. */
export const NOTE_MAX_ROWS = 300;

/**
 * Notes, the truth of them: changes in one order for each place, as Yjs writes them; the store does not read them. Every call
 * settles, within a few seconds even when the store is away.
 */
export interface NoteStore {
  /** What came after the change number `since`, as it was at one moment. */
  load(key: NoteKey, since: number): Promise<Result<StoredNotes, LogUnavailable>>;
  /** Stores a change as number `after + 1`, if the last is `after`. */
  append(
    key: NoteKey,
    change: { after: number; update: Uint8Array; summary: NoteSummary },
  ): Promise<Result<void, AppendNoteFailure>>;
  /** `state` is in the place of all changes up to `seq`. One that is older than what is there changes nothing. */
  compact(key: NoteKey, state: { seq: number; state: Uint8Array }): Promise<Result<void, LogUnavailable>>;
  /** Of all places of a meeting in which something was written. */
  list(meetingId: MeetingId): Promise<Result<NoteHead[], LogUnavailable>>;
}
