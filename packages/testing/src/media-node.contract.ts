import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Result } from '@relais/kit';
import { consumerId, MAX_PRODUCERS, nodeId, peerId, producerId } from '@relais/protocol';
import type {
  ConsumerId,
  MediaFact,
  MediaKind,
  MediaNode,
  OpenedConsumer,
  OpenedPeer,
  OpenPeer,
  PeerKey,
  ProducerId,
  ReadyReceiver,
} from '@relais/protocol';
import { camera, microphone, openPeerRequest, refsTo } from './media-fixtures.ts';

export interface MediaNodeUnderTest {
  node: MediaNode;
  /** Has the room's worker die. */
  loseRoom(roomId: string): Promise<void>;
}

const unknownPeer = { ok: false, error: { kind: 'unknownPeer' } };
const unknownId = (id: string) => ({ ok: false, error: { kind: 'unknownId', id } });
const unsupported = { ok: false, error: { kind: 'unsupported', reason: expect.any(String) as unknown } };
const done = { ok: true, value: undefined };

const noProducer = producerId.parse('no-such-producer');
const noConsumer = consumerId.parse('no-such-consumer');

/** What the port `MediaNode` promises, for each of its adapters. */
export function mediaNodeContract(name: string, create: () => Promise<MediaNodeUnderTest>): void {
  describe(`${name} as a MediaNode`, () => {
    let node: MediaNode;
    let loseRoom: MediaNodeUnderTest['loseRoom'];
    let rooms = 0;

    beforeAll(async () => {
      const created = await create();
      node = created.node;
      loseRoom = (roomId) => created.loseRoom(roomId);
    });
    afterAll(() => node.close());

    const newRoom = () => `room-${(rooms += 1)}`;

    async function open(
      roomId: string,
      id: string,
      consume: readonly ProducerId[] = [],
    ): Promise<PeerKey & OpenedPeer> {
      const opened = valueOf(await node.openPeer(openPeerRequest(roomId, id, refsTo(node, consume))));
      return { roomId, peerId: peerId.parse(id), ...opened };
    }

    async function produce(key: PeerKey, kind: MediaKind = 'audio', paused = false): Promise<ProducerId> {
      const { roomId, peerId } = key;
      const rtpParameters = kind === 'audio' ? microphone() : camera();
      return valueOf(await node.produce({ roomId, peerId, kind, rtpParameters, paused })).producerId;
    }

    async function consume(key: PeerKey, producerIds: readonly ProducerId[], paused = true) {
      const { roomId, peerId } = key;
      return valueOf(await node.consume({ roomId, peerId, producers: refsTo(node, producerIds), paused }));
    }

    /** The facts of one room from now on. */
    function listen(roomId: string) {
      const facts: MediaFact[] = [];
      const waiting = new Set<() => void>();
      const stop = node.subscribe((fact) => {
        if (!('roomId' in fact) || fact.roomId !== roomId) return;
        facts.push(fact);
        for (const look of [...waiting]) look();
      });
      const until = (wanted: (fact: MediaFact) => boolean) =>
        new Promise<void>((resolve) => {
          const look = () => {
            if (!facts.some(wanted)) return;
            waiting.delete(look);
            resolve();
          };
          waiting.add(look);
          look();
        });
      return { facts, stop, until };
    }

    describe('openPeer', () => {
      test('gives two transports that a browser can connect to', async () => {
        const { send, recv, consumers } = await open(newRoom(), 'ada');
        expect(send.id).not.toBe(recv.id);
        for (const transport of [send, recv]) {
          expect(transport.iceCandidates[0]?.protocol).toBe('udp');
          expect(transport.iceParameters.usernameFragment).not.toBe('');
          expect(transport.dtlsParameters.role).toBe('server');
          expect(transport.dtlsParameters.fingerprints.length).toBeGreaterThan(0);
        }
        expect(consumers).toEqual([]);
      });

      test('gives the consumers that were asked for, sound first, without those that are gone', async () => {
        const roomId = newRoom();
        const ada = await open(roomId, 'ada');
        const picture = await produce(ada, 'video');
        const sound = await produce(ada, 'audio', true);
        const { consumers } = await open(roomId, 'bob', [picture, noProducer, sound]);
        expect(consumers.map((consumer) => consumer.producerId)).toEqual([sound, picture]);
        expect(consumers.map((consumer) => consumer.kind)).toEqual(['audio', 'video']);
        expect(consumers.map((consumer) => consumer.producerPaused)).toEqual([true, false]);
      });

      test('puts peers who come at the same time into the same room', async () => {
        const roomId = newRoom();
        const [ada, bob] = await Promise.all([open(roomId, 'ada'), open(roomId, 'bob')]);
        expect(await consume(bob, [await produce(ada)])).toHaveLength(1);
      });

      test('closes the former one of a peer that is opened again', async () => {
        const roomId = newRoom();
        const ada = await open(roomId, 'ada');
        const sound = await produce(ada);
        const bob = await open(roomId, 'bob', [sound]);
        const again = await open(roomId, 'ada');
        expect(again.send.id).not.toBe(ada.send.id);
        expect(await consume(bob, [sound])).toEqual([]);
        expect(await node.closeProducer(again, sound)).toEqual(unknownId(sound));
      });

      test('takes a peer that can consume nothing, and gives it nothing', async () => {
        const roomId = newRoom();
        const sound = await produce(await open(roomId, 'ada'));
        const request: OpenPeer = {
          ...openPeerRequest(roomId, 'bob', refsTo(node, [sound])),
          rtpCapabilities: { codecs: [], headerExtensions: [] },
        };
        expect(valueOf(await node.openPeer(request)).consumers).toEqual([]);
      });
    });

    describe('closePeer', () => {
      test('tells those who consumed the peer, once each, and leaves nothing of it', async () => {
        const roomId = newRoom();
        const ada = await open(roomId, 'ada');
        const producers = [await produce(ada, 'audio'), await produce(ada, 'video')];
        const bob = await open(roomId, 'bob', producers);
        const { facts, stop } = listen(roomId);
        await node.closePeer(ada);
        stop();
        expect(facts).toHaveLength(1);
        expect(facts[0]).toMatchObject({ type: 'consumersClosed', roomId, peerId: bob.peerId });
        expect(idsOf(facts)).toEqual(bob.consumers.map((consumer) => consumer.consumerId).sort());
        expect(await consume(bob, producers)).toEqual([]);
        expect(await node.restartIce(ada, 'send')).toEqual(unknownPeer);
      });

      test('is no error for what is not there', async () => {
        const ada = await open(newRoom(), 'ada');
        await node.closePeer({ roomId: 'no-such-room', peerId: ada.peerId });
        await node.closePeer({ ...ada, peerId: peerId.parse('nobody') });
        await node.closePeer(ada);
        await node.closePeer(ada);
      });

      test('closes the room with its last peer, which may be opened again', async () => {
        const roomId = newRoom();
        const ada = await open(roomId, 'ada');
        const sound = await produce(ada);
        await node.closePeer(ada);
        const again = await open(roomId, 'bob');
        expect(await consume(again, [sound])).toEqual([]);
      });

      test('wins over an openPeer under way, which answers unknownPeer', async () => {
        const roomId = newRoom();
        const opening = node.openPeer(openPeerRequest(roomId, 'ada'));
        const key = { roomId, peerId: peerId.parse('ada') };
        await node.closePeer(key);
        const outcome = await opening;
        // An adapter that opens at once has answered before it was closed.
        if (!outcome.ok) expect(outcome).toEqual(unknownPeer);
        expect(await node.restartIce(key, 'send')).toEqual(unknownPeer);
      });
    });

    describe('produce', () => {
      test('refuses a peer that is not there, or is in another room', async () => {
        const ada = await open(newRoom(), 'ada');
        await open(newRoom(), 'bob');
        const request = { kind: 'audio', rtpParameters: microphone(), paused: false } as const;
        expect(await node.produce({ ...ada, peerId: peerId.parse('bob'), ...request })).toEqual(unknownPeer);
        expect(await node.produce({ ...ada, roomId: 'no-such-room', ...request })).toEqual(unknownPeer);
      });

      test('refuses a codec of the other kind and a second use of mid or ssrc, with the reason', async () => {
        const ada = await open(newRoom(), 'ada');
        await produce(ada);
        const refused = [
          { kind: 'video', rtpParameters: microphone('5', 5000) },
          { kind: 'audio', rtpParameters: microphone('0', 6000) },
          { kind: 'audio', rtpParameters: microphone('6', 1000) },
        ] as const;
        for (const request of refused)
          expect(await node.produce({ ...ada, ...request, paused: false })).toEqual(unsupported);
      });

      test('lets one peer hold a bounded number of producers', async () => {
        const ada = await open(newRoom(), 'ada');
        const offer = (i: number) =>
          node.produce({ ...ada, kind: 'audio', rtpParameters: microphone(`${i}`, 1000 + i), paused: false });
        const outcomes = await Promise.all(Array.from({ length: MAX_PRODUCERS + 2 }, (_, i) => offer(i)));
        expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(MAX_PRODUCERS);
        expect(outcomes.at(-1)).toEqual(unsupported);
      });
    });

    describe('pauseProducer and closeProducer', () => {
      test('a paused producer is told to who consumes it later', async () => {
        const roomId = newRoom();
        const ada = await open(roomId, 'ada');
        const sound = await produce(ada);
        expect(await node.pauseProducer(ada, sound, true)).toEqual(done);
        expect((await open(roomId, 'bob', [sound])).consumers[0]?.producerPaused).toBe(true);
        expect(await node.pauseProducer(ada, sound, false)).toEqual(done);
        expect((await open(roomId, 'cem', [sound])).consumers[0]?.producerPaused).toBe(false);
      });

      test('a closed producer takes its consumers with it', async () => {
        const roomId = newRoom();
        const ada = await open(roomId, 'ada');
        const [sound, picture] = [await produce(ada, 'audio'), await produce(ada, 'video')];
        const bob = await open(roomId, 'bob', [sound, picture]);
        const { facts, stop } = listen(roomId);
        expect(await node.closeProducer(ada, sound)).toEqual(done);
        stop();
        const consumerIds = bob.consumers
          .filter(({ kind }) => kind === 'audio')
          .map((each) => each.consumerId);
        expect(facts).toEqual([{ type: 'consumersClosed', roomId, peerId: bob.peerId, consumerIds }]);
        expect(await node.closeProducer(ada, sound)).toEqual(unknownId(sound));
        expect(await node.pauseProducer(ada, sound, true)).toEqual(unknownId(sound));
        expect(await consume(bob, [sound, picture])).toHaveLength(1);
      });

      test("another peer's producer is an unknown id, in the same room and elsewhere", async () => {
        const roomId = newRoom();
        const sound = await produce(await open(roomId, 'ada'));
        for (const other of [await open(roomId, 'bob'), await open(newRoom(), 'ada')]) {
          expect(await node.pauseProducer(other, sound, true)).toEqual(unknownId(sound));
          expect(await node.closeProducer(other, sound)).toEqual(unknownId(sound));
        }
      });
    });

    describe('consume', () => {
      test("leaves out one's own producers and those of other rooms", async () => {
        const roomId = newRoom();
        const ada = await open(roomId, 'ada');
        const own = await produce(ada);
        const elsewhere = await produce(await open(newRoom(), 'bob'));
        expect(await consume(ada, [own, elsewhere, noProducer])).toEqual([]);
      });

      test('never opens two consumers of one producer for one peer', async () => {
        const roomId = newRoom();
        const sound = await produce(await open(roomId, 'ada'));
        const bob = await open(roomId, 'bob');
        const all = await Promise.all([consume(bob, [sound, sound]), consume(bob, [sound])]);
        const again = await consume(bob, [sound]);
        const ids = [...all.flat(), ...again].map((consumer) => consumer.consumerId);
        expect(ids).toHaveLength(3);
        expect(new Set(ids).size).toBe(1);
      });

      test('[MEDIA-11] sends to receivers that are ready, each to one, as each is marked; what is in use is passed over until it is free again', async () => {
        const roomId = newRoom();
        const [ada, cem] = [await open(roomId, 'ada'), await open(roomId, 'cem')];
        const sound = await produce(ada);
        const picture = await produce(ada, 'video');
        const others = [await produce(cem), await produce(cem, 'video')] as const;
        const bob = await open(roomId, 'bob');
        const at = (id: ProducerId, number: number): ReadyReceiver => ({
          producerId: id,
          mid: `r${number}`,
          ssrc: 2 ** 31 + 2 * number,
        });
        const sentTo = async (...ready: ReadyReceiver[]) => {
          const producers = refsTo(
            node,
            ready.map(({ producerId }) => producerId),
          );
          const { roomId, peerId } = bob;
          const opened = valueOf(await node.consume({ roomId, peerId, producers, paused: true, ready }));
          return ready.map(({ producerId }) => opened.find((one) => one.producerId === producerId)!);
        };
        const marksOf = (all: OpenedConsumer[]) =>
          all.map(({ rtpParameters: { mid, encodings } }) => [mid, encodings[0]?.ssrc]);
        const opened = await sentTo(at(sound, 1), { ...at(picture, 2), spatialLayer: 1 });
        expect(marksOf(opened)).toEqual([
          ['r1', 2 ** 31 + 2],
          ['r2', 2 ** 31 + 4],
        ]);
        // What was lost of it is sent again under the next.
        for (const { rtpParameters } of opened)
          for (const { ssrc, rtx } of rtpParameters.encodings) if (rtx) expect(rtx.ssrc).toBe(ssrc! + 1);
        // Asked for once more it is where it was.
        expect(marksOf(await sentTo(at(sound, 3)))).toEqual([['r1', 2 ** 31 + 2]]);
        const same = await Promise.all([sentTo(at(others[0], 4)), sentTo(at(others[1], 4))]);
        const marks = marksOf(same.flat());
        expect(marks.filter(([mid]) => mid === 'r4')).toEqual([['r4', 2 ** 31 + 8]]);
        expect(marks[0]).not.toEqual(marks[1]);
        await node.closeConsumers(
          bob,
          same.flat().map(({ consumerId }) => consumerId),
        );
        // Half of what marks it would be another's.
        const half = { ...at(others[0], 5), ssrc: at(picture, 2).ssrc };
        const otherHalf = { ...at(others[1], 6), mid: 'r1' };
        const strangers = await sentTo(half, otherHalf);
        for (const mark of [half.mid, half.ssrc, otherHalf.mid, otherHalf.ssrc])
          expect(marksOf(strangers).flat()).not.toContain(mark);
        await node.closeConsumers(
          bob,
          [...opened, ...strangers].map(({ consumerId }) => consumerId),
        );
        expect(marksOf(await sentTo(at(others[0], 1)))).toEqual([['r1', 2 ** 31 + 2]]);
      });

      test('refuses a peer that is not there', async () => {
        const ada = await open(newRoom(), 'ada');
        const nobody = { ...ada, peerId: peerId.parse('nobody') };
        const outcome = await node.consume({ ...nobody, producers: [], paused: true });
        expect(outcome).toEqual(unknownPeer);
      });
    });

    describe('what is done to consumers', () => {
      async function twoWithMedia() {
        const roomId = newRoom();
        const ada = await open(roomId, 'ada');
        const producers = [await produce(ada, 'audio'), await produce(ada, 'video')];
        const bob = await open(roomId, 'bob', producers);
        const [sound, picture] = bob.consumers.map((consumer) => consumer.consumerId);
        if (!sound || !picture) throw new Error('two consumers were expected');
        return { ada, bob, sound, picture, producers };
      }

      test('pauseConsumers passes over those that have closed, and refuses those that never were the peer’s', async () => {
        const { ada, bob, sound, picture } = await twoWithMedia();
        expect(await node.pauseConsumers(bob, [sound, noConsumer, picture], true)).toEqual(
          unknownId(noConsumer),
        );
        expect(await node.pauseConsumers(bob, [sound], false)).toEqual(done);
        expect(await node.pauseConsumers(ada, [sound], false)).toEqual(unknownId(sound));
        expect(await node.closeConsumers(bob, [picture])).toEqual(done);
        expect(await node.pauseConsumers(bob, [picture, sound], true)).toEqual(done);
        const nobody = { ...bob, peerId: peerId.parse('nobody') };
        expect(await node.pauseConsumers(nobody, [sound], true)).toEqual(unknownPeer);
      });

      test('closeConsumers closes those of the peer alone, and they can be opened anew', async () => {
        const { ada, bob, sound, picture, producers } = await twoWithMedia();
        expect(await node.closeConsumers(ada, [sound, picture])).toEqual(unknownId(sound));
        expect(await node.closeConsumers(bob, [sound, noConsumer])).toEqual(unknownId(noConsumer));
        expect((await consume(bob, producers)).map((each) => each.consumerId)).toEqual([sound, picture]);
        expect(await node.closeConsumers(bob, [sound])).toEqual(done);
        expect(await node.closeConsumers(bob, [sound])).toEqual(done);
        const again = (await consume(bob, producers)).map((each) => each.consumerId);
        expect(again[0]).not.toBe(sound);
        expect(again[1]).toBe(picture);
      });

      test('[BREAK-3] withdraw closes consumers of these producers, or of all but these, and they can be opened anew', async () => {
        const { ada, bob, sound, picture, producers } = await twoWithMedia();
        const [voice, face] = producers as [ProducerId, ProducerId];
        const withdraw = (key: PeerKey, kind: 'these' | 'allBut', ...producerIds: ProducerId[]) =>
          node.withdraw(key, { kind, producerIds });
        expect(await withdraw(bob, 'these')).toEqual({ ok: true, value: [] });
        expect(await withdraw(bob, 'allBut', voice, face)).toEqual({ ok: true, value: [] });
        expect(await withdraw(ada, 'these', voice, face)).toEqual({ ok: true, value: [] });
        expect(await withdraw(bob, 'allBut', voice)).toEqual({ ok: true, value: [picture] });
        expect(await withdraw(bob, 'these', voice)).toEqual({ ok: true, value: [sound] });
        expect(await withdraw(bob, 'these', voice)).toEqual({ ok: true, value: [] });
        // What its browser still says of them is passed over.
        expect(await node.closeConsumers(bob, [sound, picture])).toEqual(done);
        const again = (await consume(bob, producers)).map((each) => each.consumerId);
        expect(again).not.toContain(sound);
        expect(again).toHaveLength(2);
        const nobody = { ...bob, peerId: peerId.parse('nobody') };
        expect(await withdraw(nobody, 'these', voice)).toEqual(unknownPeer);
      });

      test('[BREAK-3] withdraw closes what is just being opened, too', async () => {
        const { bob, producers } = await twoWithMedia();
        expect((await node.withdraw(bob, { kind: 'allBut', producerIds: [] })).ok).toBe(true);
        const opening = consume(bob, producers);
        const withdrawn = await node.withdraw(bob, { kind: 'allBut', producerIds: [] });
        const opened = (await opening).map((each) => each.consumerId);
        const closed = withdrawn.ok ? withdrawn.value : [];
        expect(opened.filter((id) => !closed.includes(id))).toEqual([]);
        const after = (await consume(bob, producers)).map((each) => each.consumerId);
        expect(after).toHaveLength(2);
        expect(after.filter((id) => opened.includes(id) || closed.includes(id))).toEqual([]);
      });

      test('preferLayer takes layers of a picture of the peer, and nothing else', async () => {
        const { ada, bob, sound, picture } = await twoWithMedia();
        for (const layer of [0, 1, 2]) expect(await node.preferLayer(bob, picture, layer)).toEqual(done);
        for (const layer of [-1, 1.5, Number.NaN, 8, 1e9])
          expect(await node.preferLayer(bob, picture, layer)).toEqual(unsupported);
        for (const priority of [1, 255])
          expect(await node.preferLayer(bob, picture, 1, priority)).toEqual(done);
        for (const priority of [0, -1, 1.5, Number.NaN, 256])
          expect(await node.preferLayer(bob, picture, 1, priority)).toEqual(unsupported);
        expect(await node.preferLayer(bob, sound, 0)).toEqual(unsupported);
        expect(await node.preferLayer(ada, picture, 0)).toEqual(unknownId(picture));
        expect(await node.preferLayer(bob, noConsumer, 0)).toEqual(unknownId(noConsumer));
      });
    });

    test('restartIce gives new credentials for the transport that is named', async () => {
      const ada = await open(newRoom(), 'ada');
      const send = valueOf(await node.restartIce(ada, 'send'));
      const recv = valueOf(await node.restartIce(ada, 'recv'));
      const fragments = [send, recv, ada.send.iceParameters, ada.recv.iceParameters];
      expect(new Set(fragments.map((ice) => ice.usernameFragment)).size).toBe(4);
    });

    test('a lost room is told once, knows nobody any more, and opens anew', async () => {
      const roomId = newRoom();
      const ada = await open(roomId, 'ada');
      const sound = await produce(ada);
      const { facts, stop, until } = listen(roomId);
      await loseRoom(roomId);
      await until((fact) => fact.type === 'peersLost');
      expect(await node.restartIce(ada, 'send')).toEqual(unknownPeer);
      expect(await node.pauseProducer(ada, sound, true)).toEqual(unknownPeer);
      await node.closePeer(ada);
      const again = await open(roomId, 'ada', [sound]);
      expect(again.consumers).toEqual([]);
      expect(await produce(again)).not.toBe(sound);
      stop();
      expect(facts).toEqual([{ type: 'peersLost', roomId, peerIds: [ada.peerId] }]);
    });

    test('missing names the peers that are not there, in the order in which they were asked for', async () => {
      const ada = await open(newRoom(), 'ada');
      const bob = await open(newRoom(), 'bob');
      const elsewhere = { roomId: bob.roomId, peerId: ada.peerId };
      await node.closePeer(bob);
      const keys = [elsewhere, ada, bob].map(({ roomId, peerId }) => ({ roomId, peerId }));
      expect(valueOf(await node.missing(keys))).toEqual([keys[0], keys[2]]);
      expect(valueOf(await node.missing([]))).toEqual([]);
    });

    test('[DEMAND-1] [DEMAND-2] a sender is told the best layer that is taken: of what nobody takes none, of what is paused all', async () => {
      const roomId = newRoom();
      const ada = await open(roomId, 'ada');
      const send = async (index: number, kind: MediaKind) => {
        const rtpParameters = (kind === 'audio' ? microphone : camera)(`${index}`, 1000 * (index + 1));
        return valueOf(await node.produce({ ...ada, kind, rtpParameters, paused: false })).producerId;
      };
      const [whole, small, held, paused] = await Promise.all([
        send(1, 'video'),
        send(2, 'video'),
        send(3, 'audio'),
        send(4, 'audio'),
      ]);
      const bob = await open(roomId, 'bob');
      const cem = await open(roomId, 'cem');
      const [bobsWhole, bobsSmall, bobsHeld] = await consume(bob, [whole, small, held]).then((all) =>
        [whole, small, held].map((id) => all.find((one) => one.producerId === id)?.consumerId),
      );
      if (!bobsWhole || !bobsSmall || !bobsHeld) throw new Error('consumers were expected');
      expect(await node.preferLayer(bob, bobsSmall, 0)).toEqual(done);
      expect(await node.pauseConsumers(bob, [bobsWhole], false)).toEqual(done);
      expect(await node.pauseConsumers(bob, [bobsHeld], true)).toEqual(done);
      expect(await node.pauseProducer(ada, paused, true)).toEqual(done);
      const { facts, stop } = listen(roomId);
      const told = async () => {
        expect(await node.tellDemand([{ ...ada }, { ...ada, peerId: peerId.parse('nobody') }])).toEqual(done);
        const all = facts.flatMap((fact) =>
          fact.type === 'demandChanged' && fact.peerId === ada.peerId ? fact.demands : [],
        );
        const last = new Map(all.map((one) => [one.producerId, one.spatialLayer]));
        return [whole, small, held, paused].map((id) => last.get(id));
      };
      await expect.poll(told, { timeout: 15_000, interval: 50 }).toEqual([2, 0, null, 0]);
      const cems = await consume(cem, [small]);
      const ids = cems.map(({ consumerId }) => consumerId);
      await node.pauseConsumers(cem, ids, false);
      await node.pauseConsumers(bob, [bobsHeld], false);
      await expect.poll(told, { timeout: 1000, interval: 10 }).toEqual([2, 2, 0, 0]);
      stop();
    }, 20_000);

    test('a producer that is said to come in at an unknown node is left out', async () => {
      const roomId = newRoom();
      const sound = await produce(await open(roomId, 'ada'));
      const bob = await open(roomId, 'bob');
      const producers = [{ producerId: sound, nodeId: nodeId.parse('no-such-node') }];
      expect(valueOf(await node.consume({ ...bob, producers, paused: true }))).toEqual([]);
    });

    test('a listener that has left hears nothing more', async () => {
      const roomId = newRoom();
      const ada = await open(roomId, 'ada');
      const sound = await produce(ada);
      await open(roomId, 'bob', [sound]);
      const { facts, stop } = listen(roomId);
      stop();
      await node.closeProducer(ada, sound);
      expect(facts).toEqual([]);
    });
  });

  test(`${name} closes as often as it is asked, and is unavailable from then on`, async () => {
    const { node } = await create();
    await node.openPeer(openPeerRequest('room', 'ada'));
    expect(await node.isReady()).toBe(true);
    await Promise.all([node.close(), node.close()]);
    expect(await node.isReady()).toBe(false);
    await node.close();
    expect(await node.openPeer(openPeerRequest('room', 'bob'))).toEqual({
      ok: false,
      error: { kind: 'unavailable' },
    });
    await node.closePeer({ roomId: 'room', peerId: peerId.parse('ada') });
  });
}

function valueOf<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
}

function idsOf(facts: readonly MediaFact[]): ConsumerId[] {
  return facts.flatMap((fact) => (fact.type === 'consumersClosed' ? fact.consumerIds : [])).sort();
}
