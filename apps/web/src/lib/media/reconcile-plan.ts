import type {
  ConsumerId,
  ConsumerParameters,
  MediaSource,
  ParticipantId,
  ProducerId,
} from '@relais/protocol';
import type { WantedProducer } from '@relais/domain';
import { layerFor, TOP_LAYER } from './layer-choice.ts';

/** A consumer that is open. */
export interface HeldConsumer {
  consumerId: ConsumerId;
  producerId: ProducerId;
  participantId: ParticipantId;
  source: MediaSource;
  trackId: string;
  /** Since when it is no longer wanted, in milliseconds; undefined: it is. */
  unwantedSince: number | undefined;
  /** The layer that the hub sends; undefined when that is not known. */
  layer: number | undefined;
  /** Its picture stands still: the hub was told to hold it. */
  held: boolean;
}

/** As the hub has opened it; its track is made by the browser. */
export const asOpened = ({
  consumerId,
  producerId,
  participantId,
  source,
}: ConsumerParameters): HeldConsumer => ({
  consumerId,
  producerId,
  participantId,
  source,
  trackId: '',
  unwantedSince: undefined,
  layer: TOP_LAYER,
  held: false,
});

export interface ReconcileInput {
  wanted: readonly WantedProducer[];
  held: readonly HeldConsumer[];
  tiles: ReadonlyMap<ParticipantId, number>;
  /** Those of the wanted whose picture stands still for the line: what is open is held, and nothing else is opened [LINE-1]. */
  still: ReadonlySet<ProducerId>;
  /** The best layer that the line has room for. */
  topLayer: number;
  /** What the line has no room for at all: closed at once, sound cannot wait for it. */
  noRoomFor: ReadonlySet<MediaSource>;
  /** Producers that the server left out of an answer, and until when they are not asked for again. */
  absentUntil: ReadonlyMap<ProducerId, number>;
  now: number;
}

export interface ReconcilePlan {
  consume: ProducerId[];
  close: ConsumerId[];
  layers: { consumerId: ConsumerId; layer: number }[];
  hold: ConsumerId[];
  flow: ConsumerId[];
  /** When something is to be looked at again, in milliseconds; undefined: when a fact changes. */
  again: number | undefined;
}

/**
 * How long a picture that lost its place is still received: a tile that comes back at once (a page turned too far,
 * a window being resized) costs nothing.
 */
export const LINGER_MS = 2000;

/**
 * How long a microphone that was muted is still listened to, in milliseconds: in a large meeting it is not wanted
 * while muted [MEDIA-2], and who answers in turns must not lose a syllable each time. It bounds how many are open
 * to those who spoke of late.
 */
export const SOUND_LINGER_MS = 10_000;

/**
 * What would make the media match what is wanted [MEDIA-1, MEDIA-2]. Pure. What is no longer in the present lingers
 * like the rest: a hub that one has just come back to may not know everybody yet, while their pictures go on. What a
 * media node has closed is told apart (`consumersClosed`).
 */
export function reconcilePlan(input: ReconcileInput): ReconcilePlan {
  const { wanted, held, tiles, still, topLayer, noRoomFor, absentUntil, now } = input;
  const wantedIds = new Set(wanted.map(({ producerId }) => producerId));
  const heldIds = new Set(held.map(({ producerId }) => producerId));
  const missing = wanted
    .filter(({ producerId }) => !heldIds.has(producerId) && !still.has(producerId))
    .map(({ producerId }) => producerId);
  const isOver = (consumer: HeldConsumer) => noRoomFor.has(consumer.source) || endOf(consumer, now) <= now;
  const wantedHeld = held.filter(({ producerId }) => wantedIds.has(producerId));
  const unwanted = held.filter(({ producerId }) => !wantedIds.has(producerId));
  const absent = missing.flatMap((id) => absentUntil.get(id) ?? []).filter((until) => until > now);
  const lingering = unwanted.filter((consumer) => !isOver(consumer)).map((consumer) => endOf(consumer, now));
  return {
    consume: missing.filter((id) => (absentUntil.get(id) ?? 0) <= now),
    close: unwanted.filter(isOver).map(({ consumerId }) => consumerId),
    layers: wantedHeld
      .filter(({ source }) => source === 'camera')
      .flatMap(({ consumerId, participantId, layer }) => {
        const width = tiles.get(participantId);
        const right = width === undefined ? layer : Math.min(topLayer, layerFor(width));
        return right === undefined || right === layer ? [] : [{ consumerId, layer: right }];
      }),
    hold: wantedHeld
      .filter((one) => !one.held && still.has(one.producerId))
      .map(({ consumerId }) => consumerId),
    flow: wantedHeld
      .filter((one) => one.held && !still.has(one.producerId))
      .map(({ consumerId }) => consumerId),
    again: earliest([...absent, ...lingering]),
  };
}

/** When what is not wanted is to be closed. */
function endOf({ source, unwantedSince }: HeldConsumer, now: number): number {
  const isSound = source === 'microphone' || source === 'screenAudio';
  return (unwantedSince ?? now) + (isSound ? SOUND_LINGER_MS : LINGER_MS);
}

function earliest(times: readonly number[]): number | undefined {
  return times.length === 0 ? undefined : Math.min(...times);
}
