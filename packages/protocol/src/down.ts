import { z } from 'zod';
import { consumerId, participantId } from './ids.ts';
import { liveFact } from './live-fact.ts';
import { versionedEvent } from './meeting-event.ts';

/** All that the hub tells a browser without being asked: facts, in the past tense. */
export const down = {
  /** Events of the log, in order. `events[0].version` above one's own version + 1 means a gap: catch up. */
  meetingEvents: z.strictObject({ events: z.array(versionedEvent).min(1) }),
  /** One fact about the present. A `seq` that is not one's own + 1, or another epoch: catch up. */
  liveChanged: z.strictObject({ epoch: z.string(), seq: z.int().min(1), fact: liveFact }),
  /** Who is heard now, loudest first; `level` in dBov, -127 (silence) to 0. May be lost. */
  speakersChanged: z.strictObject({
    speakers: z.array(z.strictObject({ participantId, level: z.number() })),
  }),
  /** One's transports, producers and consumers are gone with their worker: ask `media:open`. */
  mediaLost: z.strictObject({}),
  consumersClosed: z.strictObject({ consumerIds: z.array(consumerId) }),
  /** The same seat was taken from another tab or by a newer socket; this one is no longer in the meeting. */
  seatTakenOver: z.strictObject({}),
} as const;

export type Down = typeof down;
export type FactName = keyof Down;
export type Fact<N extends FactName> = z.infer<Down[N]>;
