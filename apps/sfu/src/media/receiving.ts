import type { types } from 'mediasoup';
import { producerId } from '@relais/protocol';
import type {
  ConsumerId,
  ConsumeRequest,
  MediaRefusal,
  OpenedConsumer,
  ProducerId,
  ProducerRef,
  ReadyReceiver,
} from '@relais/protocol';
import { fail, ok } from '@relais/kit';
import type { Result } from '@relais/kit';
import { both } from './both.ts';
import { DrownedLine } from './drowned-line.ts';
import { FirstLayers } from './first-layer.ts';
import { openedConsumer } from './consumers.ts';
import type { Consumers, Open } from './consumers.ts';
import type { PeerHost } from './media-peer.ts';
import { isUnanswered } from './refusal.ts';
import { mendStanding } from './standing-picture.ts';
import { ALL_LAYERS } from './takers.ts';
import type { Taken } from './takers.ts';

/** Every other microphone of the largest meeting, and a screen full of pictures. */
const MAX_CONSUMERS = 512;

interface ReceivingDeps {
  host: PeerHost;
  transport: types.WebRtcTransport;
  capabilities: types.RtpCapabilities;
  isOwn: (id: ProducerId) => boolean;
  isClosed: () => boolean;
}

/** What was asked for a consumer, whatever the network lets through. */
interface Wish {
  isPaused: boolean;
  /** Undefined: not said, which is all of them once it flows. */
  layer: number | undefined;
  /** False from being opened paused until its browser has it flow. */
  hasBegun: boolean;
}

/** How what is asked for together is opened. */
interface Opening {
  /** Pictures, until their browser has them flow. */
  paused: boolean;
  /** Those for which it has a receiver ready. */
  ready: ReadonlyMap<ProducerId, ReadyReceiver>;
}

const unsupported = (reason: string): { ok: false; error: MediaRefusal } =>
  fail({ kind: 'unsupported', reason });

/** What one peer receives: consumers, and the pipes that they need. Throws what the worker throws. */
export class Receiving {
  readonly #deps: ReceivingDeps;
  readonly #consumers: Consumers;
  readonly #firstLayers = new FirstLayers();
  readonly #wishes = new WeakMap<types.Consumer, Wish>();
  readonly #drowned: DrownedLine;
  /** Receivers for which something is being opened. */
  readonly #reserved = new Set<ReadyReceiver>();
  /** What is being brought here from elsewhere, to be opened. */
  readonly #bringing = new Set<Set<ProducerId>>();

  constructor(deps: ReceivingDeps, consumers: Consumers) {
    this.#deps = deps;
    this.#consumers = consumers;
    this.#drowned = new DrownedLine({
      consumers: () => consumers.all(),
      statsOf: (consumer) => deps.host.worker.ask(consumer.getStats(), 'getStats'),
      isSilent: (id) => deps.host.isSilent(id),
      hold: (consumer, isHeld) => this.#hold(consumer, isHeld),
    });
  }

  /** Sound first: what is asked for first is set up first, by the worker and by the browser. */
  async consume(
    request: Pick<ConsumeRequest, 'producers' | 'paused' | 'ready'>,
  ): Promise<Result<OpenedConsumer[], MediaRefusal>> {
    const { host, isOwn } = this.#deps;
    const refs = [...new Map(request.producers.map((ref) => [ref.producerId, ref])).values()];
    const wanted = refs.filter((ref) => !isOwn(ref.producerId));
    const here = wanted.filter((ref) => host.whereIs(ref) === 'here');
    const away = wanted.filter((ref) => host.whereIs(ref) === 'away');
    const idsOf = (some: readonly ProducerRef[]) => some.map((ref) => ref.producerId);
    if (this.#consumers.sizeWith(idsOf([...here, ...away])) > MAX_CONSUMERS)
      return unsupported('too many consumers');
    const ready = this.#reserve(request.ready ?? []);
    const how: Opening = { paused: request.paused, ready };
    const [near, far] = await both(
      this.#openAll(idsOf(here), how),
      away.length === 0 ? Promise.resolve([]) : this.#openPiped(away, how),
    ).finally(() => ready.forEach((one) => this.#reserved.delete(one)));
    const order = new Map(refs.map((ref, at) => [ref.producerId, at]));
    const opened = [...near, ...far].filter((consumer) => this.#consumers.has(consumer));
    const rank = (consumer: types.Consumer) =>
      (consumer.kind === 'audio' ? 0 : refs.length) + (order.get(producerId.parse(consumer.producerId)) ?? 0);
    return ok(opened.sort((a, b) => rank(a) - rank(b)).map(openedConsumer));
  }

  /** [BREAK-3] What is still being brought here is not opened any more; what is open or opening is the consumers' matter. */
  withdraw(isWithdrawn: (id: ProducerId) => boolean): void {
    for (const wanted of this.#bringing) for (const id of wanted) if (isWithdrawn(id)) wanted.delete(id);
  }

  /** What can be had is held while its consumers open; from then on each of them holds its own. */
  async #openPiped(refs: readonly ProducerRef[], how: Opening): Promise<types.Consumer[]> {
    const wanted = new Set(refs.map((ref) => ref.producerId));
    this.#bringing.add(wanted);
    let release: (() => void) | undefined;
    try {
      release = await this.#deps.host.bring(refs);
      const opening = this.#openAll([...wanted], how);
      // They are among the consumers from here on: nothing can be withdrawn between the two.
      this.#bringing.delete(wanted);
      return await opening;
    } finally {
      this.#bringing.delete(wanted);
      release?.();
    }
  }

  /** [MEDIA-11] What is in use already, by what is open or opening, is not ready: two streams would be taken for one. */
  #reserve(ready: readonly ReadyReceiver[]): Map<ProducerId, ReadyReceiver> {
    const free = new Map<ProducerId, ReadyReceiver>();
    for (const one of ready) {
      const isSame = ({ mid, ssrc }: ReadyReceiver) => mid === one.mid || ssrc === one.ssrc;
      const isTaken = this.#consumers.isAt(one) || [...this.#reserved].some(isSame);
      if (isTaken || free.has(one.producerId)) continue;
      this.#reserved.add(one);
      free.set(one.producerId, one);
    }
    return free;
  }

  async #openAll(ids: readonly ProducerId[], how: Opening): Promise<types.Consumer[]> {
    const { host } = this.#deps;
    const wanted = [
      ...ids.filter((id) => host.kindOf(id) === 'audio'),
      ...ids.filter((id) => host.kindOf(id) === 'video'),
    ];
    const open: Open = (id, keep) => this.#open(id, how, keep);
    const opened = await both(...wanted.map((id) => this.#consumers.of(id, open)));
    return opened.flatMap((consumer) => consumer ?? []);
  }

  async #open(
    id: ProducerId,
    how: Opening,
    keep: (consumer: types.Consumer) => void,
  ): Promise<types.Consumer | undefined> {
    const { host, transport, capabilities, isClosed } = this.#deps;
    const hold = host.hold(id);
    if (!hold) return undefined;
    const isPicture = host.kindOf(id) === 'video';
    const at = how.ready.get(id);
    const paused = how.paused && isPicture && !at;
    const layer = isPicture ? at?.spatialLayer : undefined;
    try {
      const isFresh = host.isFresh(id);
      const asked = transport.consume({
        producerId: id,
        rtpCapabilities: capabilities,
        paused,
        // Sound that was lost on the way down is sent again, as pictures are.
        enableRtx: true,
        ...(at && { mid: at.mid, ssrc: at.ssrc }),
        ...(layer !== undefined && { preferredLayers: { spatialLayer: layer } }),
        ...(isFresh && { preferredLayers: FirstLayers.smallest }),
      });
      const consumer = await host.worker.ask(asked, 'consume');
      if (isFresh) this.#firstLayers.begin(consumer, layer);
      if (!isClosed() && !consumer.closed && hold.isGood()) {
        consumer.observer.once('close', () => {
          host.wants(id, consumer, undefined);
          hold.release();
        });
        this.#wishes.set(consumer, { isPaused: false, layer, hasBegun: !paused });
        this.#tellWish(consumer);
        consumer.on('layerschange', () => this.#tellWish(consumer));
        mendStanding(consumer, (standing) => this.#askKeyFrame(standing));
        this.#drowned.watch(consumer);
        keep(consumer);
        return consumer;
      }
      consumer.close();
    } catch (error) {
      if (isUnanswered(error)) {
        hold.release();
        throw error;
      }
    }
    hold.release();
    return undefined;
  }

  async preferLayer(consumer: types.Consumer, spatialLayer: number, priority?: number): Promise<void> {
    const wish = this.#wishes.get(consumer);
    if (wish) wish.layer = spatialLayer;
    this.#tellWish(consumer);
    const isOther = priority !== undefined && priority !== consumer.priority;
    await both(
      this.#firstLayers.prefer(consumer, spatialLayer),
      isOther ? consumer.setPriority(priority) : Promise.resolve(),
    );
  }

  async pause(ids: readonly ConsumerId[], paused: boolean): Promise<void> {
    const consumers = ids.flatMap((id) => this.#consumers.get(id) ?? []);
    for (const consumer of consumers) {
      const wish = this.#wishes.get(consumer);
      if (wish) wish.isPaused = paused;
      if (wish && !paused) wish.hasBegun = true;
      this.#tellWish(consumer);
    }
    const free = paused ? consumers : consumers.filter((consumer) => !this.#drowned.isHeld(consumer));
    const told = free.map((consumer) => (paused ? consumer.pause() : consumer.resume()));
    // One that goes with its producer meanwhile is refused by the worker, and was to be passed over.
    const outcomes = await Promise.allSettled(told);
    const unanswered = outcomes.find((one) => one.status === 'rejected' && isUnanswered(one.reason));
    if (unanswered?.status === 'rejected') throw unanswered.reason;
  }

  /** [LINE-12] What its browser has paused stays so. One that is closed meanwhile is refused, and was to be passed over. */
  #hold(consumer: types.Consumer, isHeld: boolean): void {
    const { host } = this.#deps;
    const wish = this.#wishes.get(consumer);
    if (consumer.closed || wish?.isPaused || wish?.hasBegun === false) return;
    const told = isHeld ? consumer.pause() : consumer.resume();
    host.worker.ask(told, isHeld ? 'pause' : 'resume').catch(() => undefined);
  }

  /** [DEMAND-1] */
  #tellWish(consumer: types.Consumer): void {
    const wish = this.#wishes.get(consumer);
    if (!wish || consumer.closed) return;
    this.#deps.host.wants(producerId.parse(consumer.producerId), consumer, takenBy(wish, consumer));
  }

  /** One that is closed meanwhile is refused, and needs none. */
  #askKeyFrame(consumer: types.Consumer): void {
    this.#deps.host.worker.ask(consumer.requestKeyFrame(), 'requestKeyFrame').catch(() => undefined);
  }
}

/**
 * Opened paused it is wanted all the same, as its browser has it flow in a moment; but the smallest layer is enough until
 * then, since the browser says which one it wants first. What it is still given while a smaller layer has not begun is taken,
 * too: a picture would stand if that were stopped first.
 */
function takenBy({ isPaused, layer, hasBegun }: Wish, { currentLayers }: types.Consumer): Taken {
  if (isPaused) return null;
  return Math.max(layer ?? (hasBegun ? ALL_LAYERS : 0), currentLayers?.spatialLayer ?? 0);
}
