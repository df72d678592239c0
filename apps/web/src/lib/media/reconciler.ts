import type { ConsumerId, ConsumerParameters, ProducerId } from '@relais/protocol';
import { MAX_IDS } from '@relais/protocol/limits';
import { isPassing, retryDelay, type CallFailure } from '../hub/call-failure.ts';
import type { HubClient } from '../hub/hub-client.ts';
import type { Consumers } from './consumers.ts';
import type { MediaPair } from './media-pair.ts';
import { createPendingNotices, type PendingNotices } from './pending-notices.ts';
import type { Ready, ReadyReceivers } from './ready-receivers.ts';
import { asOpened, reconcilePlan, type ReconcileInput, type ReconcilePlan } from './reconcile-plan.ts';

/** What should be received now. */
export type Wish = Pick<ReconcileInput, 'wanted' | 'tiles' | 'still' | 'topLayer' | 'noRoomFor'>;

export interface Reconciler {
  /** Something has changed: looks again, once, after what is under way. */
  poke(): void;
  close(): void;
}

/** A producer that the server left out of its answer is asked for again only after this many milliseconds. */
const ABSENT_MS = 3000;

/**
 * One effect at a time makes what is received match what is wanted; what changes meanwhile is seen next. Only the
 * browser's own opening goes on beside it: it takes a tenth of a second and more on a small computer.
 */
export function createReconciler(deps: {
  hub: HubClient;
  consumers: Consumers;
  pair: () => MediaPair | undefined;
  wish: () => Wish | undefined;
  ready: () => ReadyReceivers | undefined;
  lost: (pair: MediaPair) => void;
}): Reconciler {
  const { hub, consumers, pair: currentPair, wish, ready, lost } = deps;
  const absentUntil = new Map<ProducerId, number>();
  /** Answered, and being opened by the browser: the next are asked for meanwhile. */
  const opening = new WeakMap<MediaPair, Set<ProducerId>>();
  let state: 'idle' | 'running' | 'again' | 'closed' = 'idle';
  const notices = createPendingNotices();
  let failures = 0;
  /** Nothing is asked before, in milliseconds: the hub, or something behind it, needs time. */
  let patientUntil = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let timerAt = Number.POSITIVE_INFINITY;
  const offConnection = hub.onConnection((connected) => {
    // Another socket owes the former one's failures nothing.
    if (!connected) patientUntil = failures = 0;
  });

  async function run(): Promise<void> {
    if (state === 'closed') return;
    if (state !== 'idle') {
      state = 'again';
      return;
    }
    do {
      state = 'running';
      await once().catch((error: unknown) => console.error('media: reconciling', error));
    } while (stateNow() === 'again');
    if (stateNow() === 'running') state = 'idle';
  }

  // Read through a function: the compiler does not see that an await lets others change it.
  const stateNow = (): typeof state => state;

  async function once(): Promise<void> {
    const pair = currentPair();
    const wished = wish();
    if (!pair || pair.closed || !wished || !hub.connected) return;
    const now = performance.now();
    if (now < patientUntil) return lookAgainAt(patientUntil, now);
    forgetAbsences(now);
    notices.begin(pair, consumers.held);
    consumers.markWanted(new Set(wished.wanted.map(({ producerId }) => producerId)), now);
    const plan = planFor(wished, now);
    lookAgainAt(plan.again, now);
    drop(plan);
    holdOrFlow(plan);
    preferLayers(plan);
    tellAll(pair);
    // In one request at a time, sound first, as the list is ordered.
    const missing = plan.consume.filter((id) => !opening.get(pair)?.has(id));
    const ids = missing.slice(0, MAX_IDS);
    if (ids.length > 0) await consume(pair, ids, ready()?.take(ids, wished) ?? []);
    if (missing.length > ids.length) state = 'again';
  }

  function drop({ close }: ReconcilePlan): void {
    consumers.remove(close);
    notices.close.add(close);
  }

  function holdOrFlow({ hold, flow }: ReconcilePlan): void {
    consumers.setHeld(hold, true);
    consumers.setHeld(flow, false);
    notices.hold.add(hold);
    notices.resume.add(flow);
  }

  function preferLayers({ layers }: Pick<ReconcilePlan, 'layers'>): void {
    for (const { consumerId, layer } of layers) void preferLayer(consumerId, layer);
  }

  async function preferLayer(consumerId: ConsumerId, layer: number): Promise<void> {
    consumers.setLayer(consumerId, layer);
    const result = await hub.request('media:preferLayer', { consumerId, spatialLayer: layer });
    if (result.ok || !mayFollow(result.error)) return;
    const isLast = consumers.held.some((one) => one.consumerId === consumerId && one.layer === layer);
    if (isLast) consumers.setLayer(consumerId, undefined);
    wait(result.error);
  }

  /** Says which consumers are to flow and which to close, and again until it is taken. */
  function tellAll(pair: MediaPair): void {
    for (const ids of notices.hold.take(MAX_IDS)) void tell('hold', ids, pair);
    for (const ids of notices.resume.take(MAX_IDS)) void tell('resume', ids, pair);
    for (const ids of notices.close.take(MAX_IDS)) void tell('close', ids, pair);
  }

  async function tell(what: keyof Said, consumerIds: ConsumerId[], pair: MediaPair): Promise<void> {
    const result = await (what === 'close'
      ? hub.request('media:closeConsumers', { consumerIds })
      : hub.request('media:pauseConsumers', { consumerIds, paused: what === 'hold' }));
    if (pair.closed || currentPair() !== pair) return;
    if (result.ok) {
      failures = 0;
      return;
    }
    const { error } = result;
    if (error.kind === 'mediaRefused') return lost(pair);
    if (error.kind === 'unknownId') return refuse(what, consumerIds, error.id);
    if (!mayFollow(error)) return;
    notices[what].add(stillSo(what, consumerIds));
    wait(error);
  }

  /** The hub never had that one, and did nothing for the others: those are said again without it. */
  function refuse(what: keyof Said, ids: readonly ConsumerId[], unknown: string): void {
    const others = ids.filter((id) => id !== unknown);
    const gone = consumers.held.filter(({ consumerId }) => consumerId === unknown);
    markAbsent(gone.map(({ producerId }) => producerId));
    consumers.remove(gone.map(({ consumerId }) => consumerId));
    // An id that was not among them would be refused for ever.
    if (others.length < ids.length) notices[what].add(stillSo(what, others));
    void run();
  }

  /** Without those of which the contrary is wanted meanwhile. */
  function stillSo(what: keyof Said, ids: readonly ConsumerId[]): ConsumerId[] {
    const contrary = consumers.held.filter((one) => one.held !== (what === 'hold'));
    const gone = new Set(what === 'close' ? [] : contrary.map(({ consumerId }) => consumerId));
    return ids.filter((id) => !gone.has(id));
  }

  async function consume(pair: MediaPair, producerIds: ProducerId[], at: Ready[]): Promise<void> {
    const result = await hub.request('media:consume', {
      peerId: pair.peerId,
      producerIds,
      ...(at.length > 0 && { ready: at }),
    });
    if (pair.closed || currentPair() !== pair) return;
    if (!result.ok) {
      const { error } = result;
      if (error.kind === 'unknownId' && error.id === pair.peerId) lost(pair);
      // None of these producers is there any more: the present will say so.
      else if (error.kind === 'unknownId') markAbsent(producerIds);
      else if (isPassing(error)) wait(error);
      return;
    }
    failures = 0;
    const opened = result.value.consumers;
    const given = new Set(opened.map(({ producerId }) => producerId));
    markAbsent(producerIds.filter((id) => !given.has(id)));
    const readyFor = ({ rtpParameters }: ConsumerParameters) =>
      at.find(({ mid }) => mid === rtpParameters.mid);
    // What the browser is ready for does not wait until it is for the others.
    for (const some of [opened.filter(readyFor), opened.filter((one) => !readyFor(one))]) {
      if (some.length > 0)
        void open(pair, some, at).catch((error: unknown) => console.error('media: receiving', error));
    }
    ready()?.answered(at);
  }

  /**
   * They are open in a moment: the key frame that each picture begins with is on its way for longer, and need not wait for that.
   * It is said again when they are, which changes nothing where it was heard. Answers the layers that were asked for.
   */
  function begin(pair: MediaPair, opened: readonly ConsumerParameters[]): ReconcilePlan['layers'] {
    const wished = wish();
    if (pair.closed || currentPair() !== pair || !wished) return [];
    const wanted = new Set(wished.wanted.map(({ producerId }) => producerId));
    const held = opened
      .filter(({ producerId }) => wanted.has(producerId) && !wished.still.has(producerId))
      .map(asOpened);
    const { layers } = reconcilePlan({ ...wished, held, absentUntil, now: performance.now() });
    preferLayers({ layers });
    const ids = held.map(({ consumerId }) => consumerId);
    if (ids.length > 0) void tell('resume', ids, pair);
    return layers;
  }

  async function open(pair: MediaPair, opened: readonly ConsumerParameters[], at: Ready[]): Promise<void> {
    const ids = opening.get(pair) ?? new Set();
    opening.set(pair, ids);
    for (const { producerId } of opened) ids.add(producerId);
    let layers: ReconcilePlan['layers'] = opened.flatMap(({ consumerId, producerId }) => {
      const layer = at.find((one) => one.producerId === producerId)?.spatialLayer;
      return layer === undefined ? [] : [{ consumerId, layer }];
    });
    await consumers.open(pair, opened, () => {
      layers = begin(pair, opened);
    });
    for (const { consumerId, layer } of layers) consumers.setLayer(consumerId, layer);
    for (const { producerId } of opened) ids.delete(producerId);
    if (pair.closed || currentPair() !== pair) return;
    const held = new Set(consumers.held.map(({ consumerId }) => consumerId));
    const failed = opened.filter(({ consumerId }) => !held.has(consumerId));
    markAbsent(failed.map(({ producerId }) => producerId));
    notices.close.add(failed.map(({ consumerId }) => consumerId));
    notices.resume.add(opened.map(({ consumerId }) => consumerId).filter((id) => held.has(id)));
    // The layer first, so that a small tile does not begin with a large picture.
    const wished = wish();
    if (wished) preferLayers(planFor(wished, performance.now()));
    tellAll(pair);
    consumers.tell();
    // What is no longer wanted of these could not be closed before.
    void run();
  }

  /** With the socket down nothing is asked: coming back looks again. */
  function wait(failure: CallFailure): void {
    if (!isPassing(failure) || !hub.connected) return;
    const now = performance.now();
    patientUntil = Math.max(patientUntil, now + retryDelay(failure, failures, Math.random()));
    failures += 1;
    lookAgainAt(patientUntil, now);
  }

  function forgetAbsences(now: number): void {
    for (const [id, until] of absentUntil) if (until <= now) absentUntil.delete(id);
  }

  const planFor = (wished: Wish, now: number) =>
    reconcilePlan({ ...wished, held: consumers.held, absentUntil, now });

  function markAbsent(ids: readonly ProducerId[]): void {
    const until = performance.now() + ABSENT_MS;
    for (const id of ids) absentUntil.set(id, until);
  }

  function lookAgainAt(time: number | undefined, now: number): void {
    if (time === undefined || time >= timerAt) return;
    clearTimeout(timer);
    timerAt = time;
    timer = setTimeout(
      () => {
        timerAt = Number.POSITIVE_INFINITY;
        void run();
      },
      Math.max(50, time - now),
    );
  }

  return {
    poke: () => void run(),
    close() {
      state = 'closed';
      offConnection();
      clearTimeout(timer);
    },
  };
}

type Said = Pick<PendingNotices, 'hold' | 'resume' | 'close'>;

/** Whether it is worth saying again: `notJoined` until the seat is taken again, which looks again. */
function mayFollow(failure: CallFailure): boolean {
  return isPassing(failure) || failure.kind === 'notJoined';
}
