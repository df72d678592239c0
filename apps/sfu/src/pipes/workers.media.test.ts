import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  earOf,
  enter,
  factsOf,
  heldBy,
  offer,
  pipesHeld,
  routerOf,
  speaking,
  take,
  voiceOf,
} from '../../test-support/rooms.ts';
import { createTestNode, valueOf } from '../../test-support/test-node.ts';
import type { MediasoupNode } from '../node.ts';

/** With a budget of 0 each newcomer is put on the worker that carries less: Ada and Bob are on two. */
let node: MediasoupNode;
beforeEach(async () => {
  node = await createTestNode({ workers: 2, budget: 0 });
});
afterEach(() => node.close());

const wait = { timeout: 5000, interval: 20 };

describe('a room over two workers', () => {
  test('begins on one, and outgrows it when the budget is spent', async () => {
    const small = await createTestNode({ workers: 2, budget: 12 });
    for (let i = 0; i < 8; i += 1) await enter(small, 'room', `peer-${i}`);
    const on = (id: string) => routerOf(small, 'room', id).worker;
    expect(on('peer-1')).toBe(on('peer-0'));
    expect(on('peer-2')).toBe(on('peer-0'));
    expect(new Set(Array.from({ length: 8 }, (_, i) => on(`peer-${i}`))).size).toBe(2);
    expect((await small.stats()).workers.map((worker) => worker.rooms)).toEqual([1, 1]);
    expect((await small.stats()).rooms).toBe(1);
    await small.close();
  });

  test('goes to the worker that other rooms leave the most of', async () => {
    const ada = await enter(node, 'one', 'ada');
    await enter(node, 'one', 'bob', [await offer(ada)]);
    const cem = await enter(node, 'two', 'cem');
    await enter(node, 'two', 'dan', [await offer(cem), await offer(cem, 'video')]);
    expect((await node.stats()).workers.map((worker) => worker.peers)).toEqual([2, 2]);
  });

  test('carries sound from worker to worker, and who speaks is told once', async () => {
    const ada = await enter(node, 'room', 'ada');
    const bob = await enter(node, 'room', 'bob');
    expect(routerOf(node, 'room', 'bob')).not.toBe(routerOf(node, 'room', 'ada'));
    const voice = await voiceOf(ada);
    expect(await take(bob, [voice])).toHaveLength(1);
    const ear = await earOf(bob, voice.producerId);
    const facts = factsOf(node);
    const stop = speaking(voice);
    await expect.poll(() => ear.packets(), wait).toBeGreaterThan(20);
    const { producerId } = voice;
    await expect
      .poll(() => facts.filter((fact) => fact.type === 'levels'), wait)
      .toContainEqual({ type: 'levels', roomId: 'room', levels: [{ producerId, level: -20 }] });
    stop();
  });

  test('pipes a producer once, though ten ask for it at the same time, and not for the consumer of one', async () => {
    const ada = await enter(node, 'room', 'ada');
    const sound = await offer(ada);
    const picture = await offer(ada, 'video');
    const others = await Promise.all(
      Array.from({ length: 10 }, (_, i) => enter(node, 'room', `peer-${i}`, [sound, picture])),
    );
    for (const { consumers } of others)
      expect(consumers.map((consumer) => consumer.kind)).toEqual(['audio', 'video']);
    const away = others.filter(
      ({ peerId }) => routerOf(node, 'room', peerId) !== routerOf(node, 'room', 'ada'),
    );
    expect(away.length).toBeGreaterThan(1);
    expect(await pipesHeld()).toEqual({ ends: 2, out: 2, into: 2 });
  });

  test('has a pipe of its own for each direction', async () => {
    const [ada, bob] = [await enter(node, 'room', 'ada'), await enter(node, 'room', 'bob')];
    const [from, to] = await Promise.all([offer(ada), offer(bob)]);
    const taken = await Promise.all([take(ada, [to]), take(bob, [from])]);
    expect(taken.flat()).toHaveLength(2);
    expect(await pipesHeld()).toEqual({ ends: 4, out: 2, into: 2 });
  });

  test('lets a producer go when nobody consumes it any more, and the pipe with the last one', async () => {
    const [ada, bob] = [await enter(node, 'room', 'ada'), await enter(node, 'room', 'bob')];
    const [sound, picture] = [await offer(ada), await offer(ada, 'video')];
    const before = await heldBy(node);
    const [ear, eye] = await take(bob, [sound, picture]);
    if (!ear || !eye) throw new Error('two consumers were expected');
    await node.closeConsumers(bob, [eye]);
    await expect.poll(pipesHeld, wait).toEqual({ ends: 2, out: 1, into: 1 });
    expect(await take(bob, [picture])).toHaveLength(1);
    expect(await pipesHeld()).toEqual({ ends: 2, out: 2, into: 2 });
    await node.closePeer(ada);
    await expect.poll(pipesHeld, wait).toEqual({ ends: 0, out: 0, into: 0 });
    await node.closePeer(bob);
    expect((await heldBy(node)).handlers).toBeLessThan(before.handlers);
  });

  test('keeps what is let go and taken up again at once', async () => {
    const [ada, bob] = [await enter(node, 'room', 'ada'), await enter(node, 'room', 'bob')];
    const sound = await offer(ada);
    const [ear] = await take(bob, [sound]);
    if (!ear) throw new Error('a consumer was expected');
    await node.closeConsumers(bob, [ear]);
    expect(await pipesHeld()).toEqual({ ends: 2, out: 1, into: 1 });
    expect(await take(bob, [sound])).not.toEqual([ear]);
    expect(await pipesHeld()).toEqual({ ends: 2, out: 1, into: 1 });
  });

  test('carries the pause of a producer, and its end', async () => {
    const [ada, bob] = [await enter(node, 'room', 'ada'), await enter(node, 'room', 'bob')];
    const voice = await voiceOf(ada);
    const [consumerId] = await take(bob, [voice]);
    const ear = await earOf(bob, voice.producerId);
    const facts = factsOf(node);
    const stop = speaking(voice);
    await expect.poll(() => ear.packets(), wait).toBeGreaterThan(3);
    expect(valueOf(await node.pauseProducer(ada, voice.producerId, true))).toBeUndefined();
    const cem = await enter(node, 'room', 'cem', [voice]);
    expect(cem.consumers[0]?.producerPaused).toBe(true);
    await node.pauseProducer(ada, voice.producerId, false);
    const heard = ear.packets();
    await expect.poll(() => ear.packets(), wait).toBeGreaterThan(heard + 3);
    stop();
    await node.closeProducer(ada, voice.producerId);
    expect(facts).toContainEqual(
      expect.objectContaining({ type: 'consumersClosed', peerId: bob.peerId, consumerIds: [consumerId] }),
    );
    await expect.poll(pipesHeld, wait).toEqual({ ends: 0, out: 0, into: 0 });
  });
});

describe('the death of one of two workers', () => {
  test('loses those who were on it; the others stay, hear of the ends, and take up what is opened anew', async () => {
    const [ada, bob] = [await enter(node, 'room', 'ada'), await enter(node, 'room', 'bob')];
    const [from, to] = [await offer(ada), await offer(bob)];
    await take(ada, [to]);
    const [consumerId] = await take(bob, [from]);
    const facts = factsOf(node);
    routerOf(node, 'room', 'ada').worker.kill();
    await expect.poll(() => facts.length, wait).toBe(2);
    const { roomId } = ada;
    expect(facts).toContainEqual({ type: 'peersLost', roomId, peerIds: [ada.peerId] });
    expect(facts).toContainEqual({
      type: 'consumersClosed',
      roomId,
      peerId: bob.peerId,
      consumerIds: [consumerId],
    });
    expect(await pipesHeld()).toEqual({ ends: 0, out: 0, into: 0 });
    const again = await enter(node, 'room', 'ada', [to]);
    expect(again.consumers).toHaveLength(1);
    expect(await take(bob, [await offer(again)])).toHaveLength(1);
  });

  test('at any moment of a pipe opening leaves every call answered, and nothing behind', async () => {
    for (let turns = 0; turns < 30; turns += 2) {
      const [ada, bob] = [await enter(node, 'room', 'ada'), await enter(node, 'room', 'bob')];
      const sound = await offer(ada);
      const victim = routerOf(node, 'room', turns % 4 ? 'ada' : 'bob').worker;
      const taking = node.consume({ ...bob, producers: [sound], paused: true });
      for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
      victim.kill();
      const outcome = await taking;
      if (!outcome.ok) expect(outcome.error.kind).toMatch(/unavailable|unknownPeer/);
      await expect.poll(() => victim.closed, wait).toBe(true);
      await Promise.all([ada, bob].map((key) => node.closePeer(key)));
      await node.close();
      expect(await pipesHeld()).toEqual({ ends: 0, out: 0, into: 0 });
      node = await createTestNode({ workers: 2, budget: 0 });
    }
  }, 60_000);

  test('has all who were on it opened on the other one, without waiting for a new worker', async () => {
    const spread = await createTestNode({ workers: 2, budget: 100 });
    const peers = await Promise.all(Array.from({ length: 6 }, (_, i) => enter(spread, 'room', `peer-${i}`)));
    const { worker } = routerOf(spread, 'room', 'peer-0');
    const lost = new Promise<void>((resolve) => {
      spread.subscribe((fact) => fact.type === 'peersLost' && resolve());
    });
    worker.kill();
    await lost;
    expect(spread.load().workers).toBe(1);
    const opened = await Promise.all(peers.map(({ peerId }) => enter(spread, 'room', peerId)));
    expect(opened).toHaveLength(6);
    await spread.close();
  });
});

test('closing while a pipe opens leaves nothing behind, at whatever moment', async () => {
  const before = await heldBy(node);
  for (let turns = 0; turns < 40; turns += 1) {
    const [ada, bob] = [await enter(node, 'room', 'ada'), await enter(node, 'room', 'bob')];
    const sound = await offer(ada);
    const taking = node.consume({ ...bob, producers: [sound], paused: true });
    for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
    const first = [ada, bob][turns % 2] ?? ada;
    await node.closePeer(first);
    await taking;
    await Promise.all([ada, bob].map((key) => node.closePeer(key)));
  }
  await vi.waitFor(async () => expect(await heldBy(node)).toEqual(before), wait);
  expect(await pipesHeld()).toEqual({ ends: 0, out: 0, into: 0 });
});
