import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { nodeId, rtpParameters } from '@relais/protocol';
import type { MediaFact } from '@relais/protocol';
import { JoinedNodes } from '../../test-support/joined.ts';
import {
  earOf,
  enter,
  factsOf,
  lensOf,
  offer,
  pipesHeld,
  routerOf,
  speaking,
  take,
  voiceOf,
} from '../../test-support/rooms.ts';
import { createTestNode, valueOf } from '../../test-support/test-node.ts';
import type { MediasoupNode } from '../node.ts';

let nodes: JoinedNodes;
let east: MediasoupNode;
let west: MediasoupNode;
beforeEach(async () => {
  nodes = await JoinedNodes.create(['east', 'west']);
  [east, west] = nodes.two;
});
afterEach(() => nodes.close());

const wait = { timeout: 8000, interval: 20 };
const none = { ends: 0, out: 0, into: 0 };

async function adaAndBob() {
  const ada = await enter(east, 'room', 'ada');
  const bob = await enter(west, 'room', 'bob');
  return { ada, bob };
}

const ofType = <T extends MediaFact['type']>(facts: readonly MediaFact[], type: T) =>
  facts.filter((fact): fact is Extract<MediaFact, { type: T }> => fact.type === type);

describe('two nodes that carry one room', () => {
  test('carry sound from one to the other, and each tells who speaks at it', async () => {
    const { ada, bob } = await adaAndBob();
    const voice = await voiceOf(ada);
    expect(await take(bob, [voice])).toHaveLength(1);
    const ear = await earOf(bob, voice.producerId);
    const [here, there] = [factsOf(east), factsOf(west)];
    const stop = speaking(voice);
    await expect.poll(() => ear.packets(), wait).toBeGreaterThan(20);
    await expect.poll(() => ofType(here, 'levels').length, wait).toBeGreaterThan(0);
    stop();
    expect(ofType(there, 'levels')).toEqual([]);
  });

  test('carry a picture, and the wish for a key frame back to where it comes in', async () => {
    const { ada, bob } = await adaAndBob();
    const lens = await lensOf(ada);
    expect(await take(bob, [lens])).toHaveLength(1);
    const eye = await earOf(bob, lens.producerId);
    const stop = speaking(lens);
    await expect.poll(() => eye.packets(), wait).toBeGreaterThan(3);
    const asked = new Promise((resolve) => lens.producer.on('trace', resolve));
    await lens.producer.enableTraceEvent(['pli']);
    await eye.askForKeyFrame();
    expect(await asked).toMatchObject({ type: 'pli' });
    stop();
  });

  test('pipe a producer once for all who want it there, in a form that the link takes', async () => {
    const { ada } = await adaAndBob();
    const refs = [await offer(ada), await offer(ada, 'video')];
    const takeProducer = vi.spyOn(east.pipes, 'takeProducer');
    await Promise.all(Array.from({ length: 10 }, (_, i) => enter(west, 'room', `peer-${i}`, refs)));
    expect(await pipesHeld()).toEqual({ ends: 2, out: 2, into: 2 });
    expect(takeProducer).toHaveBeenCalledTimes(2);
    for (const { value } of takeProducer.mock.settledResults) {
      const piped = valueOf(value as Awaited<ReturnType<typeof east.pipes.takeProducer>>);
      expect(rtpParameters.parse(piped.rtpParameters)).toEqual(piped.rtpParameters);
    }
  });

  test('carry the pause of a producer, and its end, and let go what nobody consumes', async () => {
    const { ada, bob } = await adaAndBob();
    const [sound, picture] = [await offer(ada), await offer(ada, 'video')];
    await east.pauseProducer(ada, sound.producerId, true);
    const [ear, eye] = await take(bob, [sound, picture]);
    if (!ear || !eye) throw new Error('two consumers were expected');
    const cem = await enter(west, 'room', 'cem', [sound]);
    expect(cem.consumers[0]?.producerPaused).toBe(true);
    await west.closeConsumers(bob, [eye]);
    await expect.poll(pipesHeld, wait).toEqual({ ends: 2, out: 1, into: 1 });
    const facts = factsOf(west);
    await east.closePeer(ada);
    await expect
      .poll(() => ofType(facts, 'consumersClosed').flatMap((fact) => fact.consumerIds), wait)
      .toEqual([ear, cem.consumers[0]?.consumerId]);
    await expect.poll(pipesHeld, wait).toEqual(none);
  });

  test('give nothing of another room, nothing that came in elsewhere, and nothing under a false node', async () => {
    const { ada, bob } = await adaAndBob();
    const sound = await offer(ada);
    const eve = await enter(west, 'elsewhere', 'eve');
    await enter(east, 'elsewhere', 'mallory');
    expect(await take(eve, [sound])).toEqual([]);
    expect(await take(bob, [{ ...sound, nodeId: west.nodeId }])).toEqual([]);
    await take(bob, [sound]);
    // West has it through a pipe, and is no source of it.
    expect(valueOf(await west.pipes.locate('room', [sound.producerId]))).toEqual([]);
    const { routerId } = routerOf(east, 'room', 'ada');
    const sink = { ip: '127.0.0.1', port: 9, srtp: { cryptoSuite: 'AEAD_AES_256_GCM', keyBase64: '' } };
    const request = { pipeId: 'pipe', roomId: 'elsewhere', routerId, sinkId: west.nodeId, sink };
    expect(await east.pipes.openPipe(request)).toEqual({
      ok: false,
      error: { kind: 'unknownId', id: routerId },
    });
  });

  test('refuse a pipe whose cipher is not theirs', async () => {
    const { ada } = await adaAndBob();
    const { routerId, worker } = routerOf(east, 'room', 'ada');
    const before = await worker.dump();
    const sink = { ip: '127.0.0.1', port: 9, srtp: { cryptoSuite: 'NONE', keyBase64: '' } };
    const { roomId } = ada;
    const outcome = await east.pipes.openPipe({
      pipeId: 'pipe',
      roomId,
      routerId,
      sinkId: west.nodeId,
      sink,
    });
    expect(outcome).toEqual({ ok: false, error: { kind: 'unavailable' } });
    expect((await worker.dump()).channelMessageHandlers).toEqual(before.channelMessageHandlers);
  });

  test('listen for pipes on the ports that are set aside for them', async () => {
    const portRange = { min: 46100, max: 46199 };
    const apart = await JoinedNodes.create(['north', 'south'], {
      pipeListen: { ip: '127.0.0.1', portRange },
    });
    const [north, south] = apart.two;
    const openPipe = vi.spyOn(north.pipes, 'openPipe');
    const sound = await offer(await enter(north, 'room', 'ada'));
    await enter(south, 'room', 'bob', [sound]);
    const [request] = openPipe.mock.calls[0] ?? [];
    const answer = openPipe.mock.settledResults[0]?.value as Awaited<ReturnType<typeof north.pipes.openPipe>>;
    for (const port of [request?.sink.port, valueOf(answer).port]) {
      expect(port).toBeGreaterThanOrEqual(portRange.min);
      expect(port).toBeLessThanOrEqual(portRange.max);
    }
    await apart.close();
  });
});

describe('a node that is lost', () => {
  test('ends what was piped from it, and is told as apart when its link does not come back', async () => {
    const { ada, bob } = await adaAndBob();
    const consumerIds = await take(bob, [await offer(ada), await offer(ada, 'video')]);
    const facts = factsOf(west);
    await nodes.lose(east);
    await expect.poll(() => ofType(facts, 'nodesApart'), wait).toHaveLength(1);
    const { roomId, peerId } = bob;
    expect(ofType(facts, 'consumersClosed')).toEqual([
      { type: 'consumersClosed', roomId, peerId, consumerIds },
    ]);
    expect(await pipesHeld()).toEqual(none);
  });

  test('at any moment of a pipe opening leaves the call answered, and nothing behind', async () => {
    for (let turns = 0; turns < 24; turns += 3) {
      const third = await nodes.add(`third-${turns}`);
      const sound = await offer(await enter(third, 'room', 'ada'));
      const bob = await enter(west, 'room', 'bob');
      const taking = west.consume({ ...bob, producers: [sound], paused: true });
      for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
      await nodes.lose(third);
      expect(await taking).toMatchObject({ ok: true });
      await west.closePeer(bob);
      await expect.poll(pipesHeld, wait).toEqual(none);
    }
  }, 30_000);
});

describe('a network that is cut between two nodes', () => {
  test('leaves out what cannot be had, tells it once, and is whole again with the link', async () => {
    const { ada, bob } = await adaAndBob();
    const cem = await enter(west, 'room', 'cem');
    const [sound, near] = [await offer(ada), await offer(cem)];
    const facts = factsOf(west);
    nodes.set('down');
    expect(await take(bob, [sound, near])).toHaveLength(1);
    expect(await take(bob, [sound])).toEqual([]);
    expect(ofType(facts, 'nodesApart')).toEqual([{ type: 'nodesApart', otherId: nodeId.parse('east') }]);
    nodes.set('up');
    await expect.poll(() => take(bob, [sound]), wait).toHaveLength(1);
    expect(ofType(facts, 'nodesApart')).toHaveLength(1);
  });

  test('is found out by a call that is not answered, while the link still stands', async () => {
    const { ada, bob } = await adaAndBob();
    const sound = await offer(ada);
    const facts = factsOf(west);
    nodes.set('silent');
    expect(await take(bob, [sound])).toEqual([]);
    expect(ofType(facts, 'nodesApart')).toHaveLength(1);
    nodes.set('up');
    await expect.poll(() => take(bob, [sound]), wait).toHaveLength(1);
    expect(await pipesHeld()).toEqual({ ends: 2, out: 1, into: 1 });
  });

  test('closes the pipes of both, which open anew when it is whole and they are asked', async () => {
    const { ada, bob } = await adaAndBob();
    const [from, to] = [await offer(ada), await offer(bob)];
    await Promise.all([take(ada, [to]), take(bob, [from])]);
    const facts = [factsOf(east), factsOf(west)];
    nodes.set('down');
    await expect
      .poll(() => facts.map((told) => ofType(told, 'consumersClosed').length), wait)
      .toEqual([1, 1]);
    expect(await pipesHeld()).toEqual(none);
    nodes.set('up');
    await expect.poll(async () => (await take(ada, [to])).length, wait).toBe(1);
    await expect.poll(async () => (await take(bob, [from])).length, wait).toBe(1);
    for (const told of facts) expect(ofType(told, 'nodesApart')).toEqual([]);
  });

  test('waits a little for a node that has just been started', async () => {
    const { bob } = await adaAndBob();
    const third = await createTestNode({ nodeId: nodeId.parse('third') });
    const sound = await offer(await enter(third, 'room', 'cem'));
    await third.close();
    const taking = take(bob, [sound]);
    const late = await nodes.add('third');
    expect(await taking).toEqual([]);
    const again = await offer(await enter(late, 'room', 'cem'));
    await expect.poll(() => take(bob, [again]), wait).toHaveLength(1);
  });

  test('a pipe that its source closed without a word is opened anew by the next who asks', async () => {
    const { ada, bob } = await adaAndBob();
    const openPipe = vi.spyOn(east.pipes, 'openPipe');
    await take(bob, [await offer(ada)]);
    const [request] = openPipe.mock.calls[0] ?? [];
    await east.pipes.closePipe(request?.pipeId ?? '');
    expect(await take(bob, [await offer(ada, 'video')])).toHaveLength(1);
    expect(openPipe).toHaveBeenCalledTimes(2);
    expect(await pipesHeld()).toEqual({ ends: 2, out: 1, into: 1 });
  });
});
