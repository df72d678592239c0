import type { Producer } from 'mediasoup-client/types';
import type { Fact, MediaSource, ProducerId, SentMedia } from '@relais/protocol';
import type { CallFailure } from '../hub/call-failure.ts';
import { isPassing, retryDelay } from '../hub/call-failure.ts';
import type { HubClient } from '../hub/hub-client.ts';
import { fromClientParameters } from './client-shapes.ts';
import { foresee, isAsForeseen, type Foreseen } from './foreseen.ts';
import type { MediaPair } from './media-pair.ts';
import { applyCare, isHeld, NO_CARE, type SendCare } from './send-care.ts';
import { sendingOptions } from './sending-options.ts';
import type { SilenceGate } from './silence-gate.ts';
import { sendLayers } from './tune-sender.ts';

/** What is to be sent of one source. Muted: the producer stays, no packet leaves. */
export interface Outgoing {
  track: MediaStreamTrack;
  muted: boolean;
}

interface Sending {
  pair: MediaPair;
  producer: Producer;
  /** Undefined while the hub has not answered. */
  id: ProducerId | undefined;
  /** What the hub was last told. */
  toldMuted: boolean;
  /** Times in a row that the hub could not take it. */
  refusals: number;
}

export interface Producers {
  /** Says what is to be sent of a source from now on; undefined: nothing. */
  set(source: MediaSource, outgoing: Outgoing | undefined): void;
  /** What will be sent on the next pair, as far as it was sent on the last and can be foreseen from that [MEDIA-9]. */
  foreseen(): SentMedia[];
  /** Everything is sent anew on this pair, the microphone first; of what was foreseen, the hub has `taken` these. */
  attach(pair: MediaPair, taken?: readonly Foreseen[]): void;
  /** How the line asks one to send from now on. */
  care(care: SendCare): void;
  /** What others take of what is sent; of what is not named as before, all of it at first [DEMAND-1]. */
  layersWanted(wanted: Fact<'layersWanted'>['wanted']): void;
  /** After the socket fell: tells the hub again what it may have missed. */
  resume(): void;
  /** The pair is gone; what is to be sent is kept for the next. */
  detach(): void;
}

const SOURCES: readonly MediaSource[] = ['microphone', 'camera', 'screen', 'screenAudio'];
/** Times that the hub is told of a producer in a row, and the pause before it is made anew, in milliseconds. */
const ATTEMPTS = 5;
const AGAIN_MS = 5000;

/**
 * Makes what is sent match what was said last: one effect per source, each waiting for its own requests only.
 * `lost` is called when the hub no longer knows the pair.
 */
export function createProducers(deps: { hub: HubClient; lost: (pair: MediaPair) => void }): Producers {
  const { hub, lost } = deps;
  const wanted = new Map<MediaSource, Outgoing>();
  const sending = new Map<MediaSource, Sending>();
  const running = new Map<MediaSource, 'running' | 'again'>();
  const unclosed = new Set<ProducerId>();
  /** On this pair, and not negotiated yet. */
  const foreseen = new Map<MediaSource, Foreseen>();
  let gate: SilenceGate | undefined;
  let isGateComing = false;
  let care = NO_CARE;
  /** Also of a producer whose id has not been answered yet. */
  const layers = new Map<ProducerId, number | null>();
  let pair: MediaPair | undefined;

  async function settle(source: MediaSource): Promise<void> {
    if (running.has(source)) {
      running.set(source, 'again');
      return;
    }
    do {
      running.set(source, 'running');
      const on = pair;
      await step(source).catch((error: unknown) => {
        // What a closing pair leaves unfinished is begun again on the next.
        if (on && !on.closed) console.error('media: sending', source, error);
      });
    } while (running.get(source) === 'again');
    running.delete(source);
  }

  async function step(source: MediaSource): Promise<void> {
    const outgoing = wanted.get(source);
    const current = sending.get(source);
    if (current && (current.pair !== pair || !outgoing || current.producer.closed))
      await stop(source, current);
    if (!pair || pair.closed) return;
    if (!outgoing) return letGo([source]);
    const on = pair;
    const now =
      sending.get(source) ??
      (await start(source, outgoing, on).finally(() => on === pair && letGo([source])));
    if (now) await adjust(source, now);
  }

  /** The hub has taken what is not sent after all. */
  async function letGo(sources: Iterable<MediaSource>): Promise<void> {
    const taken = [...sources].flatMap((source) => foreseen.get(source) ?? []);
    for (const { sent } of taken) foreseen.delete(sent.source);
    await Promise.all(taken.map(({ producerId }) => tellClosed(producerId)));
  }

  /** Whether the hub has it already: what was foreseen is what the browser then negotiated [MEDIA-9]. */
  async function isTaken(source: MediaSource, made: Sending): Promise<boolean> {
    if (made.pair !== pair) return false;
    const taken = foreseen.get(source);
    const negotiated = fromClientParameters(made.producer.rtpParameters);
    if (taken && isAsForeseen(taken.sent.rtpParameters, negotiated)) {
      foreseen.delete(source);
      made.id = taken.producerId;
      made.toldMuted = taken.sent.paused;
      applyLayers(made);
      return true;
    }
    // Another order of tracks: it is in the place of one that was foreseen, and cannot be announced beside it.
    const inPlace = [...foreseen.values()].some(({ sent }) => sent.rtpParameters.mid === negotiated.mid);
    if (taken || inPlace) await letGo([...foreseen.keys()]);
    return false;
  }

  async function start(source: MediaSource, outgoing: Outgoing, on: MediaPair): Promise<Sending | undefined> {
    if (outgoing.track.readyState === 'ended') return undefined;
    const producer = await on.send.produce({
      ...sendingOptions(source),
      track: outgoing.track,
      stopTracks: false,
      disableTrackOnPause: false,
    });
    const muted = isMuted(source, outgoing);
    const made: Sending = { pair: on, producer, id: undefined, toldMuted: muted, refusals: 0 };
    sending.set(source, made);
    if (muted) await producer.replaceTrack({ track: null });
    if (await isTaken(source, made)) return made;
    const failure = await announce(source, made);
    if (!failure) return made;
    producer.close();
    sending.delete(source);
    if (isPassing(failure)) setTimeout(() => void settle(source), AGAIN_MS);
    return undefined;
  }

  /** Tells the hub of a producer, again while something behind it is away. */
  async function announce(source: MediaSource, made: Sending): Promise<CallFailure | undefined> {
    for (let attempt = 0; ; attempt += 1) {
      const result = await hub.request('media:produce', {
        peerId: made.pair.peerId,
        source,
        kind: made.producer.kind,
        rtpParameters: fromClientParameters(made.producer.rtpParameters),
        paused: made.toldMuted,
      });
      if (result.ok) {
        made.id = result.value.producerId;
        applyLayers(made);
        return undefined;
      }
      // Without an answer the hub may hold it or not: `resume` sends another in its place.
      if (result.error.kind === 'noAnswer') return result.error;
      if (result.error.kind === 'unknownId') lost(made.pair);
      if (!isPassing(result.error) || attempt + 1 >= ATTEMPTS || made.pair.closed) return result.error;
      const { error } = result;
      await new Promise((resolve) => setTimeout(resolve, retryDelay(error, attempt, Math.random())));
    }
  }

  /** Apart from the queue: a picture that is wanted again waits for no answer of the hub. */
  function applyLayers({ id, producer }: Sending): void {
    const top = id && layers.get(id);
    if (top === undefined || !producer.rtpSender) return;
    sendLayers(producer.rtpSender, { taken: top }).catch((error: unknown) => {
      if (!producer.closed) console.error('media: layers', error);
    });
  }

  /** The right track, or none while muted: a sender without a track sends no packet, and gets it back at once. */
  async function adjust(source: MediaSource, current: Sending): Promise<void> {
    const outgoing = wanted.get(source);
    if (!outgoing || current.producer.closed) return;
    const muted = isMuted(source, outgoing);
    const track = muted || outgoing.track.readyState === 'ended' ? null : sentTrack(source, outgoing.track);
    await applyCare(source, current.producer, current.pair, care).catch((error: unknown) => {
      if (!current.producer.closed) console.error('media: sparing the line', source, error);
    });
    if (current.producer.track !== track) await current.producer.replaceTrack({ track });
    if (source === 'microphone' && track === outgoing.track) gate?.close();
    if (current.id === undefined || current.toldMuted === muted) return;
    const result = await hub.request('media:pauseProducer', { producerId: current.id, paused: muted });
    if (result.ok) {
      current.toldMuted = muted;
      current.refusals = 0;
    } else if (isGone(result.error)) lost(current.pair);
    else if (mayComeLater(result.error)) {
      // Others would hear nobody, or believe in a voice that is muted.
      setTimeout(() => void settle(source), retryDelay(result.error, current.refusals, Math.random()));
      current.refusals += 1;
    }
  }

  /** [LINE-10] A microphone in a silent room costs nobody anything. */
  function sentTrack(source: MediaSource, track: MediaStreamTrack): MediaStreamTrack {
    if (source !== 'microphone' || !care.shutsSilence) return track;
    if (!gate) void fetchGate();
    return gate?.of(track, care.microphone === 'full') ?? track;
  }

  /** Until it is here the microphone is open; when it does not come it is asked for with the next change. */
  async function fetchGate(): Promise<void> {
    if (isGateComing) return;
    isGateComing = true;
    gate = await import('./microphone-gate.ts').then(
      ({ openMicrophoneGate }) => openMicrophoneGate(stopSending),
      () => undefined,
    );
    isGateComing = false;
    if (gate) void settle('microphone');
  }

  /** Beneath the producer, which keeps its track: neither the hub nor a request that waits for it has a part in this. */
  function stopSending(copy: MediaStreamTrack, isStopped: boolean): void {
    const producer = sending.get('microphone')?.producer;
    if (!producer || producer.closed || producer.track !== copy) return;
    const track = isStopped ? null : copy;
    if (!producer.rtpSender || producer.rtpSender.track === track) return;
    producer.rtpSender.replaceTrack(track).catch(() => undefined);
  }

  /** By the person, or held back for the line. */
  const isMuted = (source: MediaSource, { muted }: Outgoing) => muted || isHeld(source, care);

  /** With the socket down nothing is tried: coming back calls `resume`. */
  const mayComeLater = (failure: CallFailure) => isPassing(failure) && hub.connected;

  async function stop(source: MediaSource, current: Sending): Promise<void> {
    sending.delete(source);
    const isOnPair = current.pair === pair && !current.pair.closed;
    current.producer.close();
    if (current.id !== undefined && isOnPair) await tellClosed(current.id);
  }

  /** Until it is taken: others would keep a place for what is no longer sent. */
  async function tellClosed(id: ProducerId, refusals = 0): Promise<void> {
    unclosed.add(id);
    const result = await hub.request('media:closeProducer', { producerId: id });
    if (result.ok || isGone(result.error)) return void unclosed.delete(id);
    if (!mayComeLater(result.error)) return;
    const again = () => unclosed.has(id) && void tellClosed(id, refusals + 1);
    setTimeout(again, retryDelay(result.error, refusals, Math.random()));
  }

  return {
    set(source, outgoing) {
      if (outgoing) wanted.set(source, outgoing);
      else wanted.delete(source);
      void settle(source);
    },
    foreseen() {
      const live = SOURCES.filter((source) => wanted.get(source)?.track.readyState === 'live');
      return live.flatMap((source, place) => {
        const producer = sending.get(source)?.producer;
        if (!producer) return [];
        const { kind } = producer;
        const rtpParameters = fromClientParameters(producer.rtpParameters);
        const outgoing = wanted.get(source);
        const paused = outgoing !== undefined && isMuted(source, outgoing);
        return [foresee({ source, kind, rtpParameters, paused }, place)];
      });
    },
    care(next) {
      care = next;
      for (const source of SOURCES) if (sending.has(source)) void settle(source);
    },
    attach(opened, taken = []) {
      pair = opened;
      unclosed.clear();
      foreseen.clear();
      for (const one of taken) foreseen.set(one.sent.source, one);
      layers.clear();
      for (const source of SOURCES) void settle(source);
    },
    layersWanted(wanted) {
      for (const { producerId, spatialLayer } of wanted) layers.set(producerId, spatialLayer);
      for (const one of sending.values()) applyLayers(one);
    },
    resume() {
      for (const id of unclosed) void tellClosed(id);
      for (const source of SOURCES) void settle(source);
    },
    detach() {
      pair = undefined;
      unclosed.clear();
      foreseen.clear();
      for (const { producer } of sending.values()) producer.close();
      sending.clear();
      gate?.close();
    },
  };
}

/** The hub no longer has what is spoken of, or has no media of ours at all. */
function isGone({ kind }: CallFailure): boolean {
  return kind === 'unknownId' || kind === 'mediaRefused';
}
