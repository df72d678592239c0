import type { ConnectionState, Device } from 'mediasoup-client/types';
import type {
  LiveState,
  MediaOffer,
  MediaSource,
  ParticipantId,
  PeerId,
  PeerMedia,
  SentMedia,
} from '@relais/protocol';
import type { LineLimits } from '@relais/domain';
import { isPassing, retryDelay, type CallFailure } from '../hub/call-failure.ts';
import type { HubClient } from '../hub/hub-client.ts';
import type { MediaGate } from '../meeting/membership.ts';
import { fromClientCapabilities } from './client-shapes.ts';
import { connectionOf, isBroken, type MediaConnection } from './connection-health.ts';
import { createConsumers } from './consumers.ts';
import { createDtlsIdentity } from './dtls-identity.ts';
import { createIceHealer, type IceHealer } from './ice-healer.ts';
import { openPair, type Direction, type MediaPair, type PairIdentities } from './media-pair.ts';
import type { Foreseen } from './foreseen.ts';
import { createProducers, type Outgoing } from './producers.ts';
import type { ReadyReceivers } from './ready-receivers.ts';
import type { ReceivedTrack } from './received-tracks.ts';
import { createReconciler, type Wish } from './reconciler.ts';
import type { SendCare } from './send-care.ts';
import { setSoundResending } from './sound-resending.ts';
import { awaitedTracks, wishFor } from './wish.ts';

/** What of the meeting decides what is received. */
export interface MeetingSight {
  self: ParticipantId;
  participantIds: readonly ParticipantId[];
  /** Sub-groups run, or are about to: one may find oneself with others at any moment. */
  mayMove: boolean;
  live: LiveState;
  /** Who was heard last, or is heard: whose picture moves when only one does. */
  speaker?: ParticipantId | undefined;
}

export interface MediaSession extends MediaGate {
  /** The meeting or the present has changed. */
  meetingChanged(): void;
  /** The line gives up more, or less. */
  limitsChanged(): void;
  /** Widths in CSS pixels of the tiles on screen; undefined: not laid out yet. */
  show(tiles: ReadonlyMap<ParticipantId, number> | undefined): void;
  send(source: MediaSource, outgoing: Outgoing | undefined): void;
  /** How the line asks one to send [LINE-1]. */
  care(care: SendCare): void;
  /** Lost sound is to be asked for again from now on, or no more [LINE-11]. */
  resendSound(isOn: boolean): void;
  /** What is heard is to wait for so many milliseconds at least: what was lost is sent again [LINE-11]. */
  delaySound(ms: number): void;
  /** What is open now, to be measured; undefined: nothing is. */
  flows(): Flows | undefined;
  /** Sound is to be played elsewhere. */
  speakerChanged(): void;
  /** Another network, or back from none: does not wait for the transports to notice. */
  networkChanged(): void;
  /** Ends what is sent and received; another joining may open it again. */
  stop(): void;
  close(): void;
}

/** The transports of the moment, and the ids of the tracks of pictures that should move on them. */
export interface Flows extends Pick<MediaPair, 'send' | 'recv'> {
  /** Bound to no address of the device. */
  isFree: boolean;
  awaited: ReadonlySet<string>;
  /** Names those that are received: others when somebody came or went, or one has gone to another room. */
  tracks: string;
}

export interface MediaSessionDeps {
  hub: HubClient;
  loadDevice: () => Promise<Device | undefined>;
  sight: () => MeetingSight | undefined;
  /** What the line gives up [LINE-1]. */
  limits: () => LineLimits;
  /** Pictures asked for before the tiles are laid out: what the stage has places for [PHONE-1]. */
  firstVideos: () => number;
  /** Sound is played where the system says: what only plays there will do [BACK-5]. */
  isSpeakerUsual: () => boolean;
  onTracks: (tracks: readonly ReceivedTrack[]) => void;
  onConnection: (connection: MediaConnection) => void;
}

/**
 * Milliseconds after which what was closed here is looked at again: by then it is told whether it is still being sent, and
 * only the way to it broke [MEDIA-8].
 */
const STILL_SENT_MS = 250;

/** Milliseconds after opening, when the first pictures have come: making certificates is work. */
const AHEAD_AFTER_MS = 2000;

/** Sound and picture of one meeting: opens them, keeps them in step with what is seen, and mends them. */
export function createMediaSession(deps: MediaSessionDeps): MediaSession {
  const { hub, sight, limits, firstVideos, onConnection } = deps;
  let device: Device | undefined;
  /** Made beforehand, for the next offer; spent once a pair was opened with it. */
  let prepared: PairIdentities | undefined;
  let preparing: Promise<PairIdentities> | undefined;
  /** A second opening may be answered that was asked for with the same offer as the first. */
  const identitiesOf = new WeakMap<MediaOffer, PairIdentities>();
  let pair: MediaPair | undefined;
  let healer: IceHealer | undefined;
  let ready: ReadyReceivers | undefined;
  /** The first consumers of the pair are open: before that a reconciling would ask for them twice. */
  let isReady = false;
  let isReopening = false;
  /** Between joining and leaving: what is lost is opened again, for as long as it takes. */
  let isWanted = false;
  let tryNow: () => void = () => undefined;
  let isUnsupported = false;
  let isSoundResent = false;
  let isClosed = false;
  let tiles: ReadonlyMap<ParticipantId, number> | undefined;
  let states: Record<Direction, ConnectionState> = { send: 'closed', recv: 'closed' };

  const consumers = createConsumers(deps.onTracks, () => ready);
  const producers = createProducers({ hub, lost });
  const reconciler = createReconciler({
    hub,
    consumers,
    pair: () => (isReady ? pair : undefined),
    wish,
    ready: () => ready,
    lost,
  });
  const offFacts = [
    hub.on('layersWanted', ({ wanted }) => producers.layersWanted(wanted)),
    hub.on('mediaLost', () => pair && lost(pair)),
    hub.on('consumersClosed', ({ consumerIds }) => {
      consumers.remove(consumerIds);
      setTimeout(() => reconciler.poke(), STILL_SENT_MS);
    }),
  ];

  /** Undefined when this browser cannot, or not yet: what could not be downloaded is tried again. */
  async function offer(sending: readonly SentMedia[] = []): Promise<MediaOffer | undefined> {
    device ??= await load();
    if (!device) return undefined;
    const identities = await prepare();
    const offered: MediaOffer = {
      rtpCapabilities: fromClientCapabilities(device.recvRtpCapabilities),
      fingerprints: { send: identities.send.fingerprints, recv: identities.recv.fingerprints },
      maxVideos: limits().otherCameras ? firstVideos() : 0,
      ...(sending.length > 0 && { sending: [...sending] }),
    };
    identitiesOf.set(offered, identities);
    return offered;
  }

  async function prepare(): Promise<PairIdentities> {
    if (prepared) return prepared;
    preparing ??= createIdentities().finally(() => (preparing = undefined));
    return (prepared = await preparing);
  }

  /** [MEDIA-7] Ahead of need: what is lost is asked for again without waiting for certificates. */
  async function prepareAhead(of: MediaPair): Promise<void> {
    if (of !== pair) return;
    await prepare().catch((error: unknown) => console.error('media: certificates', error));
  }

  async function load(): Promise<Device | undefined> {
    try {
      const loaded = await deps.loadDevice();
      isUnsupported = !loaded;
      return loaded;
    } catch (error) {
      console.error('media: the code for sound and picture did not load', error);
      return undefined;
    }
  }

  function opened(media: PeerMedia, offered: MediaOffer): void {
    const identities = identitiesOf.get(offered);
    if (isClosed || !device || !identities) return;
    isWanted = true;
    closePair();
    states = { send: 'new', recv: 'new' };
    const made = openPair({
      device,
      media,
      identities,
      mayBeFree: deps.isSpeakerUsual(),
      onState: (direction, state) => made === pair && handleState(direction, state),
    });
    setSoundResending(made.recv, isSoundResent);
    pair = made;
    healer = createIceHealer({ hub, pair: made, giveUp: () => lost(made) });
    if (prepared === identities) prepared = undefined;
    consumers.clear();
    void consumers.open(made, media.consumers).then(() => {
      // Another has come in its place meanwhile, whose own first consumers may not be open yet.
      if (made !== pair) return;
      consumers.tell();
      isReady = true;
      reconciler.poke();
      setTimeout(() => void prepareAhead(made), AHEAD_AFTER_MS);
    });
    producers.attach(made, takenOf(media, offered));
    onConnection(media.consumers.length > 0 ? 'connecting' : connectionOf(states));
  }

  function handleState(direction: Direction, state: ConnectionState): void {
    // What looks for its way again is broken until it has found it.
    const isLooking = state === 'connecting' && isBroken(states[direction]);
    if (!isLooking) states = { ...states, [direction]: state };
    onConnection(connectionOf(states));
    healer?.handleState(direction);
  }

  function closePair(): void {
    pair?.close();
    forgetPair();
  }

  function forgetPair(): void {
    isReady = false;
    healer?.close();
    pair = ready = undefined;
  }

  /** The hub or the media node no longer has this pair: everything on it is opened again on another. */
  function lost(which: MediaPair): void {
    if (which !== pair) return;
    forgetPair();
    onConnection('interrupted');
    void reopen();
    // Closing keeps a browser busy for tens of milliseconds: the question is on its way before.
    setTimeout(() => which.close());
  }

  /** [MEDIA-7] Nobody has to reload: it is tried for as long as one is in the meeting. */
  async function reopen(): Promise<void> {
    if (isReopening) return tryNow();
    isReopening = true;
    try {
      for (let attempt = 0; isWanted && !pair; attempt += 1) {
        const failure = await tryOpen();
        if (!failure) return;
        if (!isPassing(failure) || isUnsupported) return onConnection('closed');
        // Coming back to the seat opens media with it.
        if (!hub.connected) return;
        await pause(retryDelay(failure, attempt, Math.random()));
      }
    } finally {
      isReopening = false;
    }
  }

  /** Cut short by `tryNow`. */
  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      tryNow = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  function stop(): void {
    isWanted = false;
    tryNow();
    closePair();
    producers.detach();
    consumers.clear();
    consumers.tell();
    states = { send: 'closed', recv: 'closed' };
    onConnection('closed');
  }

  async function tryOpen(): Promise<CallFailure | undefined> {
    const offered = await offer(producers.foreseen());
    if (!isWanted) return undefined;
    if (!offered) return { kind: 'noAnswer' };
    const result = await hub.request('media:open', offered);
    if (!result.ok) return result.error;
    // Another opening may have come first, with a joining: the hub has closed this one for it. Or one has left.
    if (isWanted && !pair) opened(result.value, offered);
    return undefined;
  }

  /** [MEDIA-11] Its code is of no use outside sub-groups. Where it was not tried receivers are made as ever. */
  async function beReady(): Promise<void> {
    const of = pair;
    const isWanted = sight()?.mayMove;
    if (!of || !(isWanted || ready) || device?.handlerName !== 'Chrome111') return;
    const { createReadyReceivers } = await import('./ready-receivers.ts');
    if (of !== pair) return;
    ready ??= createReadyReceivers(of, (kind) => consumers.likeness(kind));
    ready.prepare(isWanted ? (limits().otherCameras ? firstVideos() : 0) : undefined);
  }

  function wish(): Wish | undefined {
    const seen = sight();
    if (!seen) return undefined;
    return wishFor({ ...seen, tiles, limits: limits(), most: firstVideos() });
  }

  return {
    offer,
    opened,
    keepPeerId: (): PeerId | undefined => (pair && !pair.closed ? pair.peerId : undefined),
    kept() {
      producers.resume();
      reconciler.poke();
      healer?.hubIsBack();
    },
    unavailable() {
      isWanted = true;
      closePair();
      onConnection('interrupted');
      void reopen();
    },
    // With the places that the page makes for those who are there now: asked for apart, their pictures would come later.
    meetingChanged() {
      queueMicrotask(() => reconciler.poke());
      beReady().catch(() => undefined);
    },
    limitsChanged: () => reconciler.poke(),
    show(shown) {
      tiles = shown;
      reconciler.poke();
    },
    send: (source, outgoing) => producers.set(source, outgoing),
    care: (care) => producers.care(care),
    resendSound(isOn) {
      isSoundResent = isOn;
      if (!pair) return;
      setSoundResending(pair.recv, isOn);
      healer?.negotiate('recv');
    },
    delaySound: (ms) => consumers.delaySound(ms),
    flows() {
      if (!pair || pair.closed) return undefined;
      const { send, recv, home } = pair;
      return {
        send,
        recv,
        isFree: home !== undefined,
        awaited: awaitedTracks(consumers.held, sight()?.live),
        tracks: consumers.held.map(({ trackId }) => trackId).join(' '),
      };
    },
    speakerChanged() {
      // Only our own page may choose where. While nobody can be asked for another pair, this one is better than none.
      if (pair?.home && !deps.isSpeakerUsual() && hub.connected) lost(pair);
    },
    networkChanged() {
      if (pair) healer?.restartNow();
      else if (isWanted) void reopen();
    },
    stop,
    close() {
      if (isClosed) return;
      isClosed = true;
      for (const off of offFacts) off();
      reconciler.close();
      stop();
    },
  };
}

async function createIdentities(): Promise<PairIdentities> {
  const [send, recv] = await Promise.all([createDtlsIdentity(), createDtlsIdentity()]);
  return { send, recv };
}

/** What of the offer the hub has taken. */
function takenOf({ producers = [] }: PeerMedia, { sending = [] }: MediaOffer): Foreseen[] {
  return producers.flatMap(({ source, producerId }) => {
    const sent = sending.find((one) => one.source === source);
    return sent ? [{ sent, producerId }] : [];
  });
}
