import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConsumerId, ConsumerParameters, ParticipantId, PeerId, ProducerId } from '@relais/protocol';
import type { WantedProducer } from '@relais/domain';
import { fail, ok } from '@relais/kit';
import { createFakeHub } from '../hub/fake-hub-client.ts';
import type { Consumers } from './consumers.ts';
import { TOP_LAYER } from './layer-choice.ts';
import type { MediaPair } from './media-pair.ts';
import { LINGER_MS, type HeldConsumer } from './reconcile-plan.ts';
import type { ReadyReceivers } from './ready-receivers.ts';
import { createReconciler, type Wish } from './reconciler.ts';

const ben = 'ben' as ParticipantId;
const camera = (id: string): WantedProducer => ({
  producerId: id as ProducerId,
  participantId: ben,
  source: 'camera',
});

/** Consumers that open at once, without a browser. */
function fakeConsumers(): Consumers {
  const held = new Map<ConsumerId, HeldConsumer>();
  return {
    get held() {
      return [...held.values()];
    },
    likeness: () => undefined,
    async open(_pair, parameters) {
      for (const { consumerId, producerId, participantId, source } of parameters) {
        const one = { consumerId, producerId, participantId, source };
        held.set(consumerId, {
          ...one,
          trackId: consumerId,
          held: false,
          unwantedSince: undefined,
          layer: TOP_LAYER,
        });
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
    },
    delaySound: () => undefined,
    markWanted(ids, now) {
      for (const one of held.values())
        one.unwantedSince = ids.has(one.producerId) ? undefined : (one.unwantedSince ?? now);
    },
    remove: (ids) => ids.forEach((id) => held.delete(id)),
    clear: () => held.clear(),
    tell: () => undefined,
  };
}

const opened = (producerIds: readonly string[]) =>
  ok({
    consumers: producerIds.map(
      (id) =>
        ({
          consumerId: `c-${id}`,
          producerId: id,
          participantId: ben,
          source: 'camera',
          rtpParameters: { mid: `m-${id}` },
        }) as ConsumerParameters,
    ),
  });

function setUp() {
  const fake = createFakeHub();
  fake.socket(true);
  const pair = { peerId: 'peer' as PeerId, closed: false } as MediaPair;
  const wish: { -readonly [K in keyof Wish]: Wish[K] } = {
    wanted: [],
    tiles: new Map(),
    still: new Set(),
    topLayer: TOP_LAYER,
    noRoomFor: new Set(),
  };
  const lost: MediaPair[] = [];
  const ready: { receivers: ReadyReceivers | undefined } = { receivers: undefined };
  const consumers = fakeConsumers();
  const reconciler = createReconciler({
    hub: fake.hub,
    consumers,
    pair: () => pair,
    wish: () => wish,
    ready: () => ready.receivers,
    lost: (which) => lost.push(which),
  });
  const want = (...wanted: WantedProducer[]) => {
    wish.wanted = wanted;
    reconciler.poke();
  };
  fake.answer('media:consume', ({ producerIds }) => opened(producerIds));
  for (const name of ['media:pauseConsumers', 'media:preferLayer', 'media:closeConsumers'] as const) {
    fake.answer(name, () => ok({}));
  }
  const names = () => fake.requests.map(({ name }) => name);
  return { fake, wish, want, lost, ready, consumers, reconciler, names };
}

/** Which consumers were let flow, by request. */
const resumed = ({ requests }: ReturnType<typeof createFakeHub>) =>
  requests.flatMap(({ name, payload }) =>
    name === 'media:pauseConsumers' ? [(payload as { consumerIds: string[] }).consumerIds] : [],
  );

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});
const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

describe('the reconciler', () => {
  it('asks for the right layer before it lets the picture flow', async () => {
    const { want, wish, names } = setUp();
    wish.tiles = new Map([[ben, 160]]);
    want(camera('a'));
    await settle();
    expect(names()).toEqual(['media:consume', 'media:preferLayer', 'media:pauseConsumers']);
  });

  it('[MEDIA-10] lets pictures flow when the browser is about to answer, at the right layer, and says so again when they are open', async () => {
    const { want, wish, names, consumers } = setUp();
    const open = consumers.open.bind(consumers);
    let isOpen = () => {};
    consumers.open = async (pair, parameters, ready) => {
      ready?.();
      await new Promise<void>((resolve) => (isOpen = resolve));
      return open(pair, parameters);
    };
    wish.tiles = new Map([[ben, 160]]);
    want(camera('a'));
    await settle();
    const early = ['media:consume', 'media:preferLayer', 'media:pauseConsumers'];
    expect(names()).toEqual(early);
    isOpen();
    await settle();
    expect(names()).toEqual([...early, 'media:pauseConsumers']);
    expect(consumers.held.map(({ layer }) => layer)).toEqual([0]);
  });

  it('[MEDIA-10] what is not wanted any more when the browser is about to answer is not let flow', async () => {
    const { fake, want, consumers } = setUp();
    const open = consumers.open.bind(consumers);
    let [isReady, isOpen] = [() => {}, () => {}];
    consumers.open = async (pair, parameters, ready) => {
      isReady = () => ready?.();
      await new Promise<void>((resolve) => (isOpen = resolve));
      return open(pair, parameters);
    };
    want(camera('a'), camera('b'));
    await settle();
    want(camera('b'));
    isReady();
    await settle();
    expect(resumed(fake)).toEqual([['c-b']]);
    isOpen();
  });

  it('[MEDIA-11] tells where the browser is ready for it, and what is sent there does not wait for the rest', async () => {
    const { fake, want, wish, ready, consumers, names } = setUp();
    const answered: string[] = [];
    ready.receivers = {
      take: () => [{ producerId: 'a' as ProducerId, mid: 'm-a', ssrc: 2 ** 31, spatialLayer: 1 }],
      claim: () => undefined,
      answered: (taken) => answered.push(...taken.map(({ mid }) => mid)),
      prepare: () => undefined,
    };
    const open = consumers.open.bind(consumers);
    let isOpen = () => {};
    consumers.open = async (pair, parameters) => {
      if (parameters.some(({ producerId }) => producerId === 'b'))
        await new Promise<void>((resolve) => (isOpen = resolve));
      return open(pair, parameters);
    };
    wish.tiles = new Map([[ben, 500]]);
    want(camera('a'), camera('b'));
    await settle();
    expect(fake.requests[0]?.payload).toEqual({
      peerId: 'peer',
      producerIds: ['a', 'b'],
      ready: [{ producerId: 'a', mid: 'm-a', ssrc: 2 ** 31, spatialLayer: 1 }],
    });
    expect(consumers.held).toMatchObject([{ producerId: 'a', layer: 1 }]);
    expect(answered).toEqual(['m-a']);
    // Its layer is known there.
    expect(names()).toEqual(['media:consume', 'media:pauseConsumers']);
    isOpen();
    await settle();
    expect(consumers.held).toHaveLength(2);
  });

  it('sees what changed while it was asking, and asks for nothing twice', async () => {
    const { fake, want } = setUp();
    want(camera('a'));
    want(camera('a'), camera('b'));
    want(camera('a'), camera('b'), camera('c'));
    await settle();
    const asked = fake.requests.filter(({ name }) => name === 'media:consume').map(({ payload }) => payload);
    expect(asked).toEqual([
      { peerId: 'peer', producerIds: ['a'] },
      { peerId: 'peer', producerIds: ['b', 'c'] },
    ]);
  });

  it('asks for those who come while the browser still opens the first, and for nothing twice', async () => {
    const { fake, want, consumers, names } = setUp();
    const open = consumers.open.bind(consumers);
    const waiting: (() => void)[] = [];
    consumers.open = async (...given) => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      return open(...given);
    };
    want(camera('a'));
    await settle();
    want(camera('a'), camera('b'));
    await settle();
    want(camera('b'));
    await settle();
    const asked = fake.requests.filter(({ name }) => name === 'media:consume').map(({ payload }) => payload);
    expect(asked).toEqual([
      { peerId: 'peer', producerIds: ['a'] },
      { peerId: 'peer', producerIds: ['b'] },
    ]);
    for (const go of waiting) go();
    await settle();
    expect(resumed(fake).flat()).toEqual(['c-a', 'c-b']);
    // What lost its place while it was opened is closed like any other.
    await settle(LINGER_MS + 100);
    expect(consumers.held.map(({ producerId }) => producerId)).toEqual(['b']);
    expect(names().at(-1)).toBe('media:closeConsumers');
  });

  it('closes by itself what has not been wanted for a while', async () => {
    const { want, consumers, names } = setUp();
    want(camera('a'));
    // However long nothing has changed before.
    await settle(60_000);
    want();
    await settle(LINGER_MS - 100);
    expect(consumers.held).toHaveLength(1);
    await settle(300);
    expect(consumers.held).toEqual([]);
    expect(names().at(-1)).toBe('media:closeConsumers');
  });

  it('keeps what flows when a hub that one has just come back to does not know everybody yet', async () => {
    const { want, names } = setUp();
    want(camera('a'));
    await settle(60_000);
    want();
    await settle(LINGER_MS - 100);
    want(camera('a'));
    await settle(60_000);
    expect(names().filter((name) => name === 'media:consume' || name === 'media:closeConsumers')).toEqual([
      'media:consume',
    ]);
  });

  it('tries again later what the media node could not open now', async () => {
    const { fake, want, consumers } = setUp();
    let refusals = 2;
    fake.answer('media:consume', ({ producerIds }) => {
      refusals -= 1;
      return refusals >= 0 ? fail({ kind: 'unavailable', what: 'media' }) : opened(producerIds);
    });
    want(camera('a'));
    await settle(10_000);
    expect(consumers.held).toHaveLength(1);
  });

  it('tells when the hub no longer knows the pair', async () => {
    const { fake, want, lost } = setUp();
    fake.answer('media:consume', () => fail({ kind: 'unknownId', id: 'peer' }));
    want(camera('a'));
    await settle();
    expect(lost).toHaveLength(1);
  });

  it('lets flow, when the socket is back, what it could not say before it fell', async () => {
    const { fake, want, reconciler } = setUp();
    fake.answer('media:pauseConsumers', () => {
      fake.socket(false);
      return fail({ kind: 'noAnswer' });
    });
    want(camera('a'));
    await settle(30_000);
    expect(resumed(fake)).toEqual([['c-a']]);
    fake.answer('media:pauseConsumers', () => ok({}));
    fake.socket(true);
    reconciler.poke();
    await settle(30_000);
    reconciler.poke();
    await settle();
    expect(resumed(fake)).toEqual([['c-a'], ['c-a']]);
  });

  it('says again, ever less often, what the media node could not do, whatever changes meanwhile', async () => {
    const { fake, want, reconciler } = setUp();
    fake.answer('media:pauseConsumers', () => fail({ kind: 'unavailable', what: 'media' }));
    want(camera('a'));
    for (let i = 0; i < 600; i += 1) {
      reconciler.poke();
      await settle(100);
    }
    const tries = resumed(fake).length;
    expect(tries).toBeGreaterThan(8);
    expect(tries).toBeLessThan(25);
    fake.answer('media:pauseConsumers', () => ok({}));
    await settle(10_000);
    expect(resumed(fake)).toHaveLength(tries + 1);
  });

  it('closes what the hub was not told of closing, and does not let flow what has closed meanwhile', async () => {
    const { fake, want, reconciler, consumers } = setUp();
    fake.answer('media:pauseConsumers', () => fail({ kind: 'unavailable', what: 'media' }));
    want(camera('a'));
    await settle();
    let refusals = 1;
    fake.answer('media:closeConsumers', () =>
      refusals-- > 0 ? fail({ kind: 'tooMany', retryAfterMs: 5000 }) : ok({}),
    );
    want();
    await settle(20_000);
    expect(consumers.held).toEqual([]);
    const before = resumed(fake).length;
    await settle(60_000);
    reconciler.poke();
    await settle();
    const closed = fake.requests.filter(({ name }) => name === 'media:closeConsumers');
    expect(closed.map(({ payload }) => payload)).toEqual([
      { consumerIds: ['c-a'] },
      { consumerIds: ['c-a'] },
    ]);
    expect(resumed(fake)).toHaveLength(before);
  });

  it('asks anew for what the hub never had, and lets the others flow', async () => {
    const { fake, want, consumers } = setUp();
    fake.answer('media:pauseConsumers', ({ consumerIds }) =>
      consumerIds.includes('c-a') ? fail({ kind: 'unknownId', id: 'c-a' }) : ok({}),
    );
    want(camera('a'), camera('b'));
    await settle(100);
    expect(resumed(fake)).toEqual([['c-a', 'c-b'], ['c-b']]);
    expect(consumers.held.map(({ consumerId }) => consumerId)).toEqual(['c-b']);
    await settle(60_000);
    const asked = fake.requests.filter(({ name }) => name === 'media:consume');
    // At most once in three seconds.
    expect(asked.length).toBeGreaterThan(2);
    expect(asked.length).toBeLessThan(22);
  });

  it('tells when the hub has no media of ours any more', async () => {
    const { fake, want, lost } = setUp();
    fake.answer('media:pauseConsumers', () => fail({ kind: 'mediaRefused', reason: 'no media is open' }));
    want(camera('a'));
    await settle();
    expect(lost).toHaveLength(1);
  });

  it('asks again for a layer that the hub may not have heard of', async () => {
    const { fake, want, wish } = setUp();
    wish.tiles = new Map([[ben, 160]]);
    fake.answer('media:preferLayer', () => fail({ kind: 'unavailable', what: 'media' }));
    want(camera('a'));
    await settle();
    fake.answer('media:preferLayer', () => ok({}));
    await settle(60_000);
    const layers = fake.requests.filter(({ name }) => name === 'media:preferLayer');
    expect(layers.map(({ payload }) => payload)).toEqual([
      { consumerId: 'c-a', spatialLayer: 0 },
      { consumerId: 'c-a', spatialLayer: 0 },
    ]);
  });

  it('closes at the hub what this browser could not open', async () => {
    const { fake, want, consumers } = setUp();
    consumers.open = async () => undefined;
    want(camera('a'));
    await settle();
    expect(fake.requests.at(-1)).toEqual({ name: 'media:closeConsumers', payload: { consumerIds: ['c-a'] } });
    expect(resumed(fake)).toEqual([]);
  });

  it('asks for nothing while the socket is down, and for what is missing when it is back', async () => {
    const { fake, want, reconciler, names } = setUp();
    fake.socket(false);
    want(camera('a'));
    await settle();
    expect(names()).toEqual([]);
    fake.socket(true);
    reconciler.poke();
    await settle();
    expect(names()[0]).toBe('media:consume');
  });
});
