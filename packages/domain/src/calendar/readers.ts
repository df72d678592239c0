import type { EntryRule } from '@relais/protocol/entry';

/** What somebody is to a meeting of the calendar, before whether they may read of it. */
export interface Reader {
  /** Animates it, announced it as their own, or runs the community whose it is. */
  runs: boolean;
  /** They have a place; who waits for one has none yet. */
  isRegistered: boolean;
  /** Waits for a place. */
  waits: boolean;
  /** On the list of who may enter [ENTRY-3]. */
  isInvited: boolean;
  /** Of the community whose meeting it is. */
  isMember: boolean;
  /** By the log of the meeting, with their account. */
  wasThere: boolean;
  /** Who runs the meeting removed them and has not let them back [DOOR-4]. */
  wasRemoved: boolean;
}

export const STRANGER: Reader = {
  runs: false,
  isRegistered: false,
  waits: false,
  isInvited: false,
  isMember: false,
  wasThere: false,
  wasRemoved: false,
};

/**
 * [CAL-9] Who may read what is announced of a meeting, and so that there is one. Of a meeting for who is invited everybody with the
 * link reads it where one registers: who has a place is invited by that [ENTRY-2].
 */
export function mayReadAnnounced(
  meeting: { rule: EntryRule; registration: boolean },
  reader: Reader,
): boolean {
  if (reader.runs || reader.wasThere) return true;
  switch (meeting.rule) {
    case 'anyone':
      return true;
    case 'community':
      return reader.isMember;
    case 'invited':
      return meeting.registration || reader.isRegistered || reader.waits || reader.isInvited;
  }
}

/**
 * [CAL-8] Who may read what is left of a meeting. Of one that anybody could enter strangers do not: they were not there. What was said
 * among those who were invited is not for the whole community.
 */
export function mayReadRecord(rule: EntryRule, reader: Reader): boolean {
  if (reader.runs) return true;
  if (reader.wasRemoved) return false;
  if (reader.wasThere) return true;
  switch (rule) {
    case 'anyone':
      return reader.isRegistered || reader.isInvited || reader.isMember;
    case 'community':
      return reader.isMember;
    case 'invited':
      return reader.isRegistered || reader.isInvited;
  }
}

/** Where one writes after the announced end, the meeting goes on; seats that nobody gave up hold nothing back for ever. */
const LINGERS_MS = 3 * 3_600_000;

/** [CAL-8] Whether a meeting is over for who does not run it: not while somebody sits in it behind a door. */
export function isOver(endsAt: number, now: number, isAnybodyThere: boolean): boolean {
  return now >= endsAt + (isAnybodyThere ? LINGERS_MS : 0);
}
