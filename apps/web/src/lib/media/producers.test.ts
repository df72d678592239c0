import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PeerId, ProducerId, SentMedia } from '@relais/protocol';
import { fail, ok } from '@relais/kit';
import { createFakeHub } from '../hub/fake-hub-client.ts';
import type { MediaPair } from './media-pair.ts';
import { createProducers, type Outgoing, type Producers } from './producers.ts';

const track = (id: string) => ({ id, readyState: 'live' }) as MediaStreamTrack;
const sound = (muted: boolean, of = microphone): Outgoing => ({ track: of, muted });
const microphone = track('microphone');

let drawn = 0;

interface Sender {
  track: MediaStreamTrack | null;
  closed: boolean;
  encodings: { active: boolean }[];
}

function fakePair(peerId: string) {
  const senders: Sender[] = [];
  const produce = async ({ track: given }: { track: MediaStreamTrack }) => {
    const encodings = [{ active: true }, { active: true }];
    const rtpSender = {
      getParameters: () => ({ encodings: structuredClone(encodings) }),
      setParameters: async (parameters: { encodings: { active: boolean }[] }) =>
        encodings.splice(0, 2, ...parameters.encodings),
    };
    const sender = {
      encodings,
      rtpSender,
      track: given as MediaStreamTrack | null,
      kind: 'audio',
      // As a browser does: its place, and numbers that it draws anew each time.
      rtpParameters: {
        mid: String(senders.length),
        codecs: [],
        encodings: [{ ssrc: (drawn += 1), dtx: true }],
      },
      closed: false,
      async replaceTrack({ track: other }: { track: MediaStreamTrack | null }) {
        sender.track = other;
      },
      close: () => (sender.closed = true),
    };
    senders.push(sender);
    return sender;
  };
  const pair = { peerId: peerId as PeerId, closed: false, send: { produce } } as unknown as MediaPair;
  return { pair, senders };
}

function setUp() {
  const fake = createFakeHub();
  fake.socket(true);
  const lost: MediaPair[] = [];
  const producers = createProducers({ hub: fake.hub, lost: (pair) => lost.push(pair) });
  let made = 0;
  fake.answer('media:produce', () => ok({ producerId: `p${(made += 1)}` as ProducerId }));
  fake.answer('media:pauseProducer', () => ok({}));
  fake.answer('media:closeProducer', () => ok({}));
  const asked = (name: string) =>
    fake.requests.filter((one) => one.name === name).map(({ payload }) => payload);
  return { fake, lost, producers, asked, ...fakePair('peer') };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});
const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

describe('what is sent', () => {
  it('leaves without a packet when it is muted from the start', async () => {
    const { producers, pair, senders, asked } = setUp();
    producers.set('microphone', sound(true));
    producers.attach(pair);
    await settle();
    expect(senders[0]?.track).toBe(null);
    expect(asked('media:produce')).toMatchObject([{ peerId: 'peer', source: 'microphone', paused: true }]);
  });

  it('is the last that was said, whatever was said while the hub was asked', async () => {
    const { producers, pair, senders, asked } = setUp();
    producers.attach(pair);
    await settle();
    producers.set('microphone', sound(false));
    producers.set('microphone', sound(true));
    await settle();
    expect(senders[0]?.track).toBe(null);
    expect(asked('media:pauseProducer')).toEqual([{ producerId: 'p1', paused: true }]);
  });

  it('is told as unmuted until the hub has taken it, ever less often', async () => {
    const { fake, producers, pair, asked, senders } = setUp();
    producers.attach(pair);
    producers.set('microphone', sound(true));
    await settle();
    fake.answer('media:pauseProducer', () => fail({ kind: 'unavailable', what: 'media' }));
    producers.set('microphone', sound(false));
    await settle(60_000);
    const tries = asked('media:pauseProducer').length;
    expect(tries).toBeGreaterThan(8);
    expect(tries).toBeLessThan(25);
    fake.answer('media:pauseProducer', () => ok({}));
    await settle(60_000);
    expect(asked('media:pauseProducer')).toHaveLength(tries + 1);
    expect(asked('media:pauseProducer').at(-1)).toEqual({ producerId: 'p1', paused: false });
    expect(senders[0]?.track).toBe(microphone);
  });

  it('is told again when the socket is back, and not before', async () => {
    const { fake, producers, pair, asked } = setUp();
    producers.attach(pair);
    producers.set('microphone', sound(true));
    await settle();
    fake.socket(false);
    producers.set('microphone', sound(false));
    await settle(60_000);
    expect(asked('media:pauseProducer')).toEqual([]);
    fake.socket(true);
    producers.resume();
    await settle();
    expect(asked('media:pauseProducer')).toEqual([{ producerId: 'p1', paused: false }]);
  });

  it('is closed for others even when the hub was too busy to hear of it', async () => {
    const { fake, producers, pair, asked, senders } = setUp();
    producers.attach(pair);
    producers.set('microphone', sound(false));
    await settle();
    let refusals = 2;
    fake.answer('media:closeProducer', () =>
      refusals-- > 0 ? fail({ kind: 'tooMany', retryAfterMs: 1000 }) : ok({}),
    );
    producers.set('microphone', undefined);
    await settle(60_000);
    expect(senders[0]?.closed).toBe(true);
    expect(asked('media:closeProducer')).toEqual(Array(3).fill({ producerId: 'p1' }));
  });

  it('is sent anew on another pair', async () => {
    const { producers, pair, asked } = setUp();
    producers.attach(pair);
    producers.set('microphone', sound(false));
    await settle();
    const other = fakePair('other');
    producers.attach(other.pair);
    await settle();
    expect(other.senders).toHaveLength(1);
    expect(asked('media:produce').at(-1)).toMatchObject({ peerId: 'other' });
    expect(asked('media:closeProducer')).toEqual([]);
  });

  describe('[MEDIA-9] on the next pair', () => {
    const camera: Outgoing = { track: track('camera'), muted: false };
    async function attachAgain(change: (producers: Producers) => void = () => undefined) {
      const rig = setUp();
      const { producers, pair } = rig;
      producers.attach(pair);
      producers.set('microphone', sound(false));
      producers.set('camera', camera);
      await settle();
      const foreseen = producers.foreseen();
      rig.fake.requests.length = 0;
      const taken = foreseen.map((sent) => ({ sent, producerId: `again-${sent.source}` as ProducerId }));
      change(producers);
      await settle();
      producers.attach(fakePair('other').pair, taken);
      await settle();
      return { ...rig, foreseen };
    }

    it('is foreseen by the place of each track, without the numbers that are drawn anew', async () => {
      const { foreseen } = await attachAgain();
      expect(foreseen).toMatchObject([
        { source: 'microphone', paused: false, rtpParameters: { mid: '0', encodings: [{ dtx: true }] } },
        { source: 'camera', rtpParameters: { mid: '1' } },
      ]);
      expect(foreseen.map(({ rtpParameters }) => rtpParameters.encodings[0]?.ssrc)).toEqual([
        undefined,
        undefined,
      ]);
    });

    it('is not announced where the hub has taken what was foreseen, and is muted and closed by that id', async () => {
      const { producers, asked } = await attachAgain();
      expect(asked('media:produce')).toEqual([]);
      producers.set('microphone', sound(true));
      producers.set('camera', undefined);
      await settle();
      expect(asked('media:pauseProducer')).toEqual([{ producerId: 'again-microphone', paused: true }]);
      expect(asked('media:closeProducer')).toEqual([{ producerId: 'again-camera' }]);
    });

    it('is muted when it was so meanwhile', async () => {
      const { asked } = await attachAgain((producers) => producers.set('microphone', sound(true)));
      expect(asked('media:pauseProducer').at(-1)).toEqual({ producerId: 'again-microphone', paused: true });
    });

    it('is closed and announced where the tracks came in another order than foreseen', async () => {
      const { fake, asked } = await attachAgain((producers) => producers.set('microphone', undefined));
      // The camera has the microphone's place: nothing can be announced there until that is closed.
      const names = fake.requests.map(({ name }) => name).filter((name) => name !== 'media:pauseProducer');
      expect(names.at(-1)).toBe('media:produce');
      expect(asked('media:closeProducer')).toEqual(
        expect.arrayContaining([{ producerId: 'again-microphone' }, { producerId: 'again-camera' }]),
      );
      expect(asked('media:produce')).toMatchObject([
        { source: 'camera', peerId: 'other', rtpParameters: { mid: '0' } },
      ]);
    });

    it('is closed where the browser cannot negotiate it', async () => {
      vi.spyOn(console, 'error').mockImplementation(() => undefined);
      const { producers, asked } = setUp();
      const sent = {
        source: 'camera',
        kind: 'video',
        paused: false,
        rtpParameters: {},
      } as unknown as SentMedia;
      producers.set('camera', camera);
      const send = { produce: () => Promise.reject(new Error('no such codec')) };
      const pair = { peerId: 'other', closed: false, send } as unknown as MediaPair;
      producers.attach(pair, [{ sent, producerId: 'again' as ProducerId }]);
      await settle();
      expect(asked('media:closeProducer')).toEqual([{ producerId: 'again' }]);
    });
  });

  it('is what others take of it, also told before the hub has answered, and all of it again on another pair [DEMAND-1]', async () => {
    const { producers, pair, senders } = setUp();
    producers.attach(pair);
    producers.set('camera', { track: track('camera'), muted: false });
    producers.layersWanted([{ producerId: 'p1' as ProducerId, spatialLayer: 0 }]);
    await settle();
    const sent = (on = senders) => on[0]?.encodings.map(({ active }) => active);
    expect(sent()).toEqual([true, false]);
    producers.layersWanted([{ producerId: 'p1' as ProducerId, spatialLayer: null }]);
    await settle();
    expect(sent()).toEqual([false, false]);
    producers.layersWanted([{ producerId: 'p1' as ProducerId, spatialLayer: 1 }]);
    await settle();
    expect(sent()).toEqual([true, true]);
    producers.layersWanted([{ producerId: 'p1' as ProducerId, spatialLayer: null }]);
    const other = fakePair('other');
    producers.attach(other.pair);
    await settle();
    expect(sent(other.senders)).toEqual([true, true]);
  });

  it('says when the hub has lost it', async () => {
    const { fake, producers, pair, lost } = setUp();
    producers.attach(pair);
    producers.set('microphone', sound(false));
    await settle();
    fake.answer('media:pauseProducer', () => fail({ kind: 'unknownId', id: 'p1' }));
    producers.set('microphone', sound(true));
    await settle();
    expect(lost).toEqual([pair]);
  });
});
