import type { ParticipantId, ProducerId } from '@relais/protocol';
import { MAX_IDS } from '@relais/protocol/limits';
import type { WantedProducer } from '@relais/domain';
import { isPassing, retryDelay } from '../hub/call-failure.ts';
import type { HubClient } from '../hub/hub-client.ts';
import type { Consumers } from './consumers.ts';
import type { MediaPair } from './media-pair.ts';
import { reconcilePlan, type ReconcilePlan } from './reconcile-plan.ts';

/** What should be received now. */
export interface Wish {
  wanted: readonly WantedProducer[];
  existing: ReadonlySet<ProducerId>;
  tiles: ReadonlyMap<ParticipantId, number>;
}

export interface Reconciler {
  /** Something has changed: looks again, once, after what is under way. */
  poke(): void;
  close(): void;
}

/** A producer that the server left out of its answer is asked for again only after this many milliseconds. */
const ABSENT_MS = 3000;

/** One effect at a time makes what is received match what is wanted; what changes meanwhile is seen next. */
export function createReconciler(deps: {
  hub: HubClient;
  consumers: Consumers;
  pair: () => MediaPair | undefined;
  wish: () => Wish | undefined;
  lost: (pair: MediaPair) => void;
}): Reconciler {
  const { hub, consumers, pair: currentPair, wish, lost } = deps;
  const absentUntil = new Map<ProducerId, number>();
  let state: 'idle' | 'running' | 'again' | 'closed' = 'idle';
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

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
    consumers.markWanted(new Set(wished.wanted.map(({ producerId }) => producerId)), now);
    const plan = planFor(wished, now);
    lookAgainAt(plan.again, now);
    drop(plan, pair);
    preferLayers(plan);
    // In one request at a time, sound first, as the list is ordered.
    const ids = plan.consume.slice(0, MAX_IDS);
    if (ids.length > 0) await consume(pair, ids);
    if (plan.consume.length > ids.length) state = 'again';
  }

  function drop(plan: ReconcilePlan, pair: MediaPair): void {
    if (plan.close.length === 0) return;
    const consumerIds = plan.close.slice(0, MAX_IDS);
    consumers.remove(consumerIds);
    if (plan.close.length > consumerIds.length) state = 'again';
    if (!pair.closed) void hub.request('media:closeConsumers', { consumerIds });
  }

  function preferLayers({ layers }: Pick<ReconcilePlan, 'layers'>): void {
    for (const { consumerId, layer } of layers) {
      consumers.setLayer(consumerId, layer);
      void hub.request('media:preferLayer', { consumerId, spatialLayer: layer });
    }
  }

  async function consume(pair: MediaPair, producerIds: ProducerId[]): Promise<void> {
    const result = await hub.request('media:consume', { peerId: pair.peerId, producerIds });
    if (pair.closed || currentPair() !== pair) return;
    if (!result.ok) {
      const { error } = result;
      if (error.kind === 'unknownId' && error.id === pair.peerId) lost(pair);
      // None of these producers is there any more: the present will say so.
      else if (error.kind === 'unknownId') markAbsent(producerIds);
      else if (isPassing(error) && hub.connected) {
        lookAgainAt(performance.now() + retryDelay(error, failures, Math.random()), performance.now());
        failures += 1;
      }
      return;
    }
    failures = 0;
    const opened = result.value.consumers;
    const given = new Set(opened.map(({ producerId }) => producerId));
    markAbsent(producerIds.filter((id) => !given.has(id)));
    await consumers.open(pair, opened);
    // The layer first, so that a small tile does not begin with a large picture.
    const wished = wish();
    if (wished) preferLayers(planFor(wished, performance.now()));
    const ids = opened.map(({ consumerId }) => consumerId);
    if (ids.length > 0) void hub.request('media:pauseConsumers', { consumerIds: ids, paused: false });
  }

  const planFor = (wished: Wish, now: number) =>
    reconcilePlan({ ...wished, held: consumers.held, absentUntil, now });

  function markAbsent(ids: readonly ProducerId[]): void {
    const until = performance.now() + ABSENT_MS;
    for (const id of ids) absentUntil.set(id, until);
  }

  function lookAgainAt(time: number | undefined, now: number): void {
    if (time === undefined) return;
    clearTimeout(timer);
    timer = setTimeout(() => void run(), Math.max(50, time - now));
  }

  return {
    poke: () => void run(),
    close() {
      state = 'closed';
      clearTimeout(timer);
    },
  };
}
