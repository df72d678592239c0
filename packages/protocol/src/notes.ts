import { z } from 'zod';
import { place } from './breakout.ts';
import { roomId } from './ids.ts';
import {
  BREAKOUT_MAX_ROOMS,
  BREAKOUT_PAST_ROUNDS,
  NOTE_LAST_LINE_MAX_LENGTH,
  NOTE_UPDATE_MAX_BYTES,
  NOTE_VECTOR_MAX_BYTES,
} from './limits.ts';
import { instant } from './text.ts';

/** What a piece of notes changes, as Yjs writes it (its version 1): binary, as still images are (still.ts). */
export const noteUpdate = z
  .instanceof(Uint8Array)
  .refine(({ byteLength }) => byteLength >= 1 && byteLength <= NOTE_UPDATE_MAX_BYTES);
/** What somebody has of a piece of notes already. */
const noteVector = z
  .instanceof(Uint8Array)
  .refine(({ byteLength }) => byteLength >= 1 && byteLength <= NOTE_VECTOR_MAX_BYTES);
/** In an answer or a fact; a browser is given an ArrayBuffer. */
const noteBytes = z.union([z.instanceof(Uint8Array), z.instanceof(ArrayBuffer)]);
/** The hub's word that one was there: what was written before one was moved is still taken [NOTE-4]. */
const noteGrant = z.string().min(1).max(128);

const nothing = z.strictObject({});
const seq = z.int().min(0);

/** The last line with something in it, cut to what fits a card. */
export const noteLine = z.strictObject({
  place,
  line: z.string().max(NOTE_LAST_LINE_MAX_LENGTH),
  at: instant,
});
export type NoteLine = z.infer<typeof noteLine>;

/** One room's part of the harvest; a room that was opened in several rounds stands with the last of them [NOTE-7]. */
export const harvestRoom = z.strictObject({
  roomId,
  name: z.string(),
  /** Characters; 0: nothing was noted, and nothing needs to be fetched. */
  length: z.int().min(0),
  /** When they were last written; left out when they never were. */
  at: instant.optional(),
});
export type HarvestRoom = z.infer<typeof harvestRoom>;

export const harvestRound = z.strictObject({
  number: z.int().min(1),
  openedAt: instant,
  /** Left out while it runs. */
  endedAt: instant.optional(),
  rooms: z.array(harvestRoom).max(BREAKOUT_MAX_ROOMS),
});
export type HarvestRound = z.infer<typeof harvestRound>;

/**
 * Notes of places. Who is in a place, and who runs the meeting, reads and writes its notes; `notInYourRoom` to others and for
 * every id that is no place of this meeting [NOTE-3].
 */
export const notesRequests = {
  /**
   * Begins to follow the notes of a place, in the place of another; they come as `notesChanged`. The answer has what
   * `stateVector` lacks, and the number of the last change that it holds.
   */
  'notes:open': {
    request: z.strictObject({ place, stateVector: noteVector }),
    answer: z.strictObject({ update: noteBytes, seq, grant: noteGrant }),
  },
  'notes:close': { request: nothing, answer: nothing },
  /** Ok once it is stored; the same again is ok and changes nothing [NOTE-2]. `tooLarge`: the notes are full. */
  'notes:write': {
    request: z.strictObject({ place, update: noteUpdate, grant: noteGrant.optional() }),
    answer: z.strictObject({ seq, grant: noteGrant.optional() }),
  },
  /** The text as it is now; also of rooms of rounds that are over, to who is in the plenary [NOTE-6]. */
  'notes:read': { request: z.strictObject({ place }), answer: z.strictObject({ text: z.string() }) },
  /** What there is to read, in order. */
  'notes:harvest': {
    request: nothing,
    answer: z.strictObject({
      plenary: harvestRoom.omit({ roomId: true, name: true }),
      rounds: z.array(harvestRound).max(BREAKOUT_PAST_ROUNDS + 1),
    }),
  },
  /** Whether one is told the last lines of all rooms (`noteLinesChanged`); `notAllowed` to who does not run the meeting [NOTE-8]. */
  'notes:watch': {
    request: z.strictObject({ on: z.boolean() }),
    answer: z.strictObject({ lines: z.array(noteLine) }),
  },
} as const;

export const notesFacts = {
  /** What somebody else wrote in the notes that one follows. A `seq` that is not the last plus one: open them again. */
  notesChanged: z.strictObject({ place, seq, update: noteBytes }),
  /** Rooms whose last line is another now. */
  noteLinesChanged: z.strictObject({ lines: z.array(noteLine).min(1) }),
} as const;
