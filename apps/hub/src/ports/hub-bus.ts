import {
  floorFacts,
  helpOffered,
  hubId,
  hubOverview,
  lineQuality,
  livePerson,
  liveProducer,
  meetingId,
  NOTE_LAST_LINE_MAX_LENGTH,
  NOTE_UPDATE_MAX_BYTES,
  nodeId,
  participantId,
  peerId,
  place,
  still,
  versionedEvent,
} from '@relais/protocol';
import type { HubId } from '@relais/protocol';
import { z } from 'zod';

/** What one hub knows of a person whose socket it has, as it tells it to the others. */
export const hubPerson = z.object({
  /**
   * Grows each time that the seat is taken by a socket, and is not below the time then (milliseconds since 1970): of two
   * hubs that name the same person the higher number has them, of equal ones the greater hub id. So a seat is on one hub,
   * whatever the order in which hubs hear of it [JOIN-6], and also when one of them knew nothing of the other [PRES-1].
   */
  claim: z.int().min(1),
  /** False: the network is cut and the seat is held. */
  connected: z.boolean(),
  producers: z.array(z.object(liveProducer.shape)),
  /** Left out: a good line, and not in light mode; a hub of before does not say. */
  line: lineQuality.exclude(['good']).optional(),
  light: z.literal(true).optional(),
  /** The last still image of the screen that they share; a hub of before does not say. */
  still: z.object(still.shape).optional(),
  /** A raised hand, and speaking to all rooms; a hub of before does not say. */
  hand: livePerson.shape.hand,
  toAll: livePerson.shape.toAll,
  /** What was closed of theirs while their line was cut: they are told on coming back [FLOOR-4]. */
  untold: z.array(floorFacts.sendingClosed).optional().catch(undefined),
  /** Where their pair of transports is: whoever takes the person over keeps it. */
  media: z.object({ nodeId, peerId }).optional(),
});
export type HubPerson = z.infer<typeof hubPerson>;

/** Of another version it may lack what this one shows: then nothing is shown. */
const told = z.object(hubOverview.shape);

const placed = z.object({ meetingId, participantId, person: hubPerson });

/** A change of notes that the sender has stored, as Yjs writes it; written anew by the hub it may be longer than it came. */
export const notesWritten = z.object({
  meetingId,
  place,
  seq: z.int().min(1),
  updateBase64: z.base64().max(NOTE_UPDATE_MAX_BYTES * 2),
  line: z.string().max(NOTE_LAST_LINE_MAX_LENGTH),
  at: z.number(),
});
export type NotesWritten = z.infer<typeof notesWritten>;

/**
 * All that hubs say to each other. A message says the whole of what it is about, so that one twice is harmless. Hubs of two
 * versions share a bus while one is replaced by the other: fields that are not known are passed over, here and below.
 */
const knownMessage = z.discriminatedUnion('type', [
  /** Said every second: who is silent for some seconds is taken for dead. */
  z.object({ type: z.literal('beat') }),
  placed.extend({ type: z.literal('personChanged') }),
  z.object({ type: z.literal('personGone'), meetingId, participantId }),
  /** The sender appended these to the log; who lacks one in between reads the log. */
  z.object({ type: z.literal('eventsAppended'), meetingId, events: z.array(versionedEvent).min(1) }),
  /** Asks one hub, or every one, for all of its people. */
  z.object({ type: z.literal('presentAsked'), of: hubId.optional() }),
  /** All of the sender's people. */
  z.object({ type: z.literal('presentTold'), people: z.array(placed) }),
  /** What the sender tells of itself for the admin page, every few seconds. */
  z.object({ type: z.literal('overviewTold'), overview: told.optional().catch(undefined) }),
  /** For one person alone, who is on another hub; of another version it is passed over. */
  z.object({
    type: z.literal('personTold'),
    meetingId,
    participantId,
    helpOffered: helpOffered.optional().catch(undefined),
    handLowered: z.literal(true).optional().catch(undefined),
    sendingClosed: floorFacts.sendingClosed.optional().catch(undefined),
    invitedToSpeak: floorFacts.invitedToSpeak.optional().catch(undefined),
  }),
  /** Who lacks one in between reads the store; a hub of before passes it over. */
  notesWritten.extend({ type: z.literal('notesWritten') }),
  /** Who waits before a meeting by way of the sender, every few seconds [WAIT-6]. */
  z.object({ type: z.literal('waitersTold'), meetingId, participantIds: z.array(participantId) }),
  /** The sender stops: whom it still has is to be held by others. */
  z.object({ type: z.literal('hubLeaving') }),
  /** What a newer hub says and this one does not know. */
  z.object({ type: z.literal('unknown') }),
]);
const KNOWN = new Set<string>(knownMessage.options.map(({ shape }) => shape.type.value));
/** It counts as heard, and is passed over; one of a known type that is not understood is damage, and does not count. */
const unknownMessage = z
  .object({ type: z.string().refine((type) => !KNOWN.has(type)) })
  .transform(() => ({ type: 'unknown' as const }));

export const hubMessage = z.union([knownMessage, unknownMessage]);
export type HubMessage = z.infer<typeof hubMessage>;

/**
 * `number` counts the sender's messages from 1: a reader that misses one notices. `at`: milliseconds since 1970, by the
 * sender's clock, for the measure of delay alone.
 */
export const hubEnvelope = z.object({
  from: hubId,
  number: z.int().min(1),
  at: z.number(),
  message: hubMessage,
});
export type HubEnvelope = z.infer<typeof hubEnvelope>;

/**
 * Carries what hubs say to each other, in one order for all. It may lose messages (while it is away, after it was
 * restarted); it never changes, doubles or delays one for long without saying that it is down.
 */
export interface HubBus {
  readonly hubId: HubId;
  /** Whether what is published now reaches the others, as far as is known. */
  readonly isUp: boolean;
  /** To every other hub. Never throws; while the bus is down the message is dropped. */
  publish(envelope: HubEnvelope): void;
  /** One listener at a time; messages of before are not told. `changed` is told of every coming and going of the bus. */
  subscribe(listener: HubBusListener): () => void;
  close(): Promise<void>;
}

export interface HubBusListener {
  message(envelope: HubEnvelope): void;
  changed(isUp: boolean): void;
}
