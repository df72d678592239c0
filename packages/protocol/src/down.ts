import { z } from 'zod';
import { floorFacts } from './floor.ts';
import { consumerId, participantId, producerId } from './ids.ts';
import { liveFact } from './live-fact.ts';
import { personName } from './meeting-event.ts';
import { shownVersioned } from './meeting-state.ts';
import { notesFacts } from './notes.ts';
import { waitingFacts } from './waiting.ts';

/** What somebody who runs the meeting may suggest to a person whose line is in trouble [ROLE-3]. */
export const help = z.enum(['lightMode', 'telephone']);
export type Help = z.infer<typeof help>;

export const helpOffered = z.strictObject({ help, from: personName });

/** All that the hub tells a browser without being asked: facts, in the past tense. */
export const down = {
  /** Events of the log as one is shown them [BREAK-12], in order. `events[0].version` above one's own version + 1 means a gap: catch up. */
  meetingEvents: z.strictObject({ events: z.array(shownVersioned).min(1) }),
  /** One fact about the present. A `seq` that is not one's own + 1, or another epoch: catch up. */
  liveChanged: z.strictObject({ epoch: z.string(), seq: z.int().min(1), fact: liveFact }),
  /** Who is heard now, loudest first; `level` in dBov, -127 (silence) to 0. May be lost. */
  speakersChanged: z.strictObject({
    speakers: z.array(z.strictObject({ participantId, level: z.number() })),
  }),
  /** [VOICE-5] Who is heard in other places than one's own: to who runs the meeting, once a second at most. May be lost. */
  heardElsewhere: z.strictObject({ participantIds: z.array(participantId) }),
  /** One's transports, producers and consumers are gone with their worker: ask `media:open`. */
  mediaLost: z.strictObject({}),
  /** Somebody who runs the meeting suggests this to oneself; nobody else is told. */
  helpOffered,
  ...notesFacts,
  ...floorFacts,
  ...waitingFacts,
  consumersClosed: z.strictObject({ consumerIds: z.array(consumerId) }),
  /**
   * [DEMAND-1] The best layer of what one sends that anybody takes, from 0; null: nobody takes it, and nothing of it need be
   * sent. Those that have changed; until it is told all is wanted.
   */
  layersWanted: z.strictObject({
    wanted: z.array(z.strictObject({ producerId, spatialLayer: z.int().min(0).max(7).nullable() })),
  }),
  /** The same seat was taken from another tab or by a newer socket; this one is no longer in the meeting. */
  seatTakenOver: z.strictObject({}),
  /** One's seat is gone: who runs the meeting has removed one [DOOR-3]. */
  removed: z.strictObject({}),
} as const;

export type Down = typeof down;
export type FactName = keyof Down;
export type Fact<N extends FactName> = z.infer<Down[N]>;
