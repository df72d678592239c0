import type { Consumer } from 'mediasoup-client/types';
import type { ConsumerId, ConsumerParameters, MediaKind, ProducerId } from '@relais/protocol';
import { beforeAnswer } from './before-answer.ts';
import { toClientParameters } from './client-shapes.ts';
import type { MediaPair } from './media-pair.ts';
import type { ReceivedTrack } from './received-tracks.ts';
import type { ReadyReceivers } from './ready-receivers.ts';
import { asOpened, type HeldConsumer } from './reconcile-plan.ts';
import { homeOf } from './track-home.ts';

/**
 * Milliseconds for which packets of what was closed may still come. A browser takes those of nobody for somebody whom it was not
 * told of, and asks for key frames and lost packets from then on (measured: 5 kbit/s, on a line of 64).
 */
const LATE_MS = 3000;

interface Held extends HeldConsumer {
  consumer: Consumer;
}

/** The open consumers of the pair of the moment, by what they carry. */
export interface Consumers {
  readonly held: readonly HeldConsumer[];
  /** What the last that was opened is sent by: others of its kind will be sent by the same [MEDIA-11]. */
  likeness(kind: MediaKind): Consumer['rtpParameters'] | undefined;
  /**
   * Opens them together: mediasoup-client makes one negotiation of all. Those that fail are left out. Whoever opens them tells
   * of them: drawing the page anew must not come before what they still need. `ready` is called, where the browser lets us, as
   * soon as what is sent to them now will find them open.
   */
  open(pair: MediaPair, parameters: readonly ConsumerParameters[], ready?: () => void): Promise<void>;
  /** Undefined: what the hub was told may not have reached it. */
  setLayer(id: ConsumerId, layer: number | undefined): void;
  /** Whether these stand still: the hub is told apart. */
  setHeld(ids: readonly ConsumerId[], held: boolean): void;
  /** Milliseconds that sound waits at least before it is played; 0: as the browser thinks right. */
  delaySound(ms: number): void;
  markWanted(ids: ReadonlySet<ProducerId>, now: number): void;
  remove(ids: readonly ConsumerId[]): void;
  /** Closes all, and tells of it only when `tell` is called: others may come in their place. */
  clear(): void;
  tell(): void;
}

/** The names that media nodes give themselves are numbers. */
const isOfReady = (mid = ''): boolean => /^r\d+$/.test(mid);

export function createConsumers(
  changed: (tracks: readonly ReceivedTrack[]) => void,
  ready: () => ReadyReceivers | undefined,
): Consumers {
  const held = new Map<ConsumerId, Held>();
  const likenesses: Partial<Record<MediaKind, Consumer['rtpParameters']>> = {};
  let soundDelayMs = 0;

  const tell = () =>
    changed(
      [...held.values()].map(({ consumerId, participantId, source, consumer, held: isStill }) => ({
        consumerId,
        participantId,
        source,
        track: consumer.track,
        isStill,
      })),
    );

  async function openOne(pair: MediaPair, one: ConsumerParameters, offered: () => void): Promise<void> {
    const { consumerId, producerId, participantId, source, kind, rtpParameters } = one;
    const claimed = ready()?.claim(one);
    // It is asked for anew. A part of the connection by that name was there: with a second the browser would refuse all from now on.
    if (!claimed && isOfReady(rtpParameters.mid)) throw new Error(`${rtpParameters.mid} is ready no more`);
    const consumer =
      claimed ??
      (await pair.recv.consume({
        id: consumerId,
        producerId,
        kind,
        rtpParameters: toClientParameters(rtpParameters),
        // Sound and picture of one person are kept in step; a shared screen is apart from the face.
        streamId: `${participantId}-${source.startsWith('screen') ? 'screen' : 'person'}`,
        onRtpReceiver: offered,
      }));
    if (pair.closed) return consumer.close();
    likenesses[kind] = consumer.rtpParameters;
    if (pair.home) homeOf.set(consumer.track, pair.home.document);
    held.set(consumerId, { ...asOpened(one), trackId: consumer.track.id, consumer });
    if (soundDelayMs > 0) delay(consumer);
  }

  /** Browsers without it wait as they think right. */
  function delay({ kind, rtpReceiver }: Consumer): void {
    if (kind !== 'audio' || !rtpReceiver || !('jitterBufferTarget' in rtpReceiver)) return;
    rtpReceiver.jitterBufferTarget = soundDelayMs || null;
  }

  return {
    get held() {
      return [...held.values()];
    },
    likeness: (kind) => likenesses[kind],
    async open(pair, parameters, begin) {
      let told = begin;
      const offered = () => {
        if (told) beforeAnswer(pair.recv, told);
        told = undefined;
      };
      const outcomes = await Promise.allSettled(parameters.map((one) => openOne(pair, one, offered)));
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected' && !pair.closed) console.error('media: receiving', outcome.reason);
      }
    },
    setLayer(id, layer) {
      const one = held.get(id);
      if (one) one.layer = layer;
    },
    setHeld(ids, isStill) {
      for (const id of ids) {
        const one = held.get(id);
        if (one) one.held = isStill;
      }
      if (ids.length > 0) tell();
    },
    delaySound(ms) {
      soundDelayMs = ms;
      for (const { consumer } of held.values()) delay(consumer);
    },
    markWanted(ids, now) {
      for (const one of held.values())
        one.unwantedSince = ids.has(one.producerId) ? undefined : (one.unwantedSince ?? now);
    },
    remove(ids) {
      const gone = ids.filter((id) => held.has(id));
      for (const id of gone) {
        const { consumer } = held.get(id) ?? {};
        held.delete(id);
        setTimeout(() => consumer?.close(), LATE_MS);
      }
      if (gone.length > 0) tell();
    },
    clear() {
      for (const { consumer } of held.values()) consumer.close();
      held.clear();
    },
    tell,
  };
}
