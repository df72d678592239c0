import { z } from 'zod';
import { participantId, producerId } from './ids.ts';
import { mediaSource } from './media.ts';
import { still } from './still.ts';
import { instant } from './text.ts';

/** How somebody's line carries the meeting, as their own browser measures it [LINE-3]. */
export const lineQuality = z.enum(['good', 'slow', 'bad']);
export type LineQuality = z.infer<typeof lineQuality>;

/** What somebody shows of themselves: a raised hand [HAND-1]; that they speak to all rooms of sub-groups [VOICE-1]. */
export const sign = z.enum(['hand', 'toAll']);
export type Sign = z.infer<typeof sign>;

/**
 * What is so at this moment and is not kept: who is connected, and who sends what. The facts of one hub's run
 * are numbered by `seq` within an `epoch`; who misses one asks for the whole live state, which is small.
 */
export const liveFact = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('connectionChanged'), participantId, connected: z.boolean() }),
  z.strictObject({
    type: z.literal('producerOpened'),
    participantId,
    producerId,
    source: mediaSource,
    paused: z.boolean(),
  }),
  z.strictObject({ type: z.literal('producerPaused'), participantId, producerId, paused: z.boolean() }),
  z.strictObject({ type: z.literal('producerClosed'), participantId, producerId }),
  z.strictObject({ type: z.literal('lineChanged'), participantId, line: lineQuality, light: z.boolean() }),
  /** A newer still image of a screen that they share is there; it goes with the sharing [STILL-2]. */
  z.strictObject({ type: z.literal('stillTaken'), participantId, still }),
  /** `since`: by the hub's clock; null: no longer. */
  z.strictObject({ type: z.literal('signChanged'), participantId, sign, since: instant.nullable() }),
]);
export type LiveFact = z.infer<typeof liveFact>;

export const liveProducer = z.strictObject({ producerId, source: mediaSource, paused: z.boolean() });
export type LiveProducer = z.infer<typeof liveProducer>;

export const livePerson = z.strictObject({
  connected: z.boolean(),
  producers: z.array(liveProducer),
  /** Left out while the line is good. */
  line: lineQuality.exclude(['good']).optional(),
  /** In light mode: no camera is received or sent. Left out when not. */
  light: z.literal(true).optional(),
  /** The last still image of the screen that they share, when somebody needs still images. */
  still: still.optional(),
  /** Since when their hand is raised; it stays while the seat is held. */
  hand: instant.optional(),
  /** Since when they speak to all rooms; never of who is not connected. */
  toAll: instant.optional(),
});
export type LivePerson = z.infer<typeof livePerson>;

/** By participant id; a participant who holds a seat and is not named here is not connected. */
export const liveState = z.record(z.string(), livePerson);
export type LiveState = Readonly<Record<string, LivePerson>>;

export const liveSnapshot = z.strictObject({ epoch: z.string(), seq: z.int().min(0), state: liveState });
export type LiveSnapshot = { epoch: string; seq: number; state: LiveState };
