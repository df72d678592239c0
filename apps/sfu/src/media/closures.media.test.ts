import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { MediaFact, OpenPeer } from '@relais/protocol';
import { camera, microphone, openPeerRequest, refsTo } from '@relais/testing';
import { createTestNode, valueOf, workerOf } from '../../test-support/test-node.ts';
import type { MediasoupNode } from '../node.ts';

/** The rules are in CLOSURES.md. Here it is the worker that is asked what it still holds. */

let node: MediasoupNode;
beforeEach(async () => {
  node = await createTestNode();
});
afterEach(() => node.close());

const worker = () => {
  const up = node.internals().pool.slots[0]?.worker;
  if (!up) throw new Error('a worker was expected');
  return up;
};

/** What the worker says it holds: routers, and things that it takes questions for (transports, consumers, ...). */
async function held(): Promise<{ routers: number; handlers: number }> {
  const { routerIds, channelMessageHandlers } = await worker().dump();
  return { routers: routerIds.length, handlers: channelMessageHandlers.channelRequestHandlers.length };
}

async function openWithMedia(roomId: string): Promise<{ ada: OpenPeer; bob: OpenPeer }> {
  const ada = openPeerRequest(roomId, 'ada');
  await node.openPeer(ada);
  const sound = { kind: 'audio', rtpParameters: microphone(), paused: false } as const;
  const picture = { kind: 'video', rtpParameters: camera(), paused: false } as const;
  const produced = [await node.produce({ ...ada, ...sound }), await node.produce({ ...ada, ...picture })];
  const bob = openPeerRequest(
    roomId,
    'bob',
    refsTo(
      node,
      produced.map((each) => valueOf(each).producerId),
    ),
  );
  await node.openPeer(bob);
  return { ada, bob };
}

describe('closing', () => {
  test('a peer leaves the worker what it held before the peer came', async () => {
    const bob = openPeerRequest('room', 'bob');
    await node.openPeer(bob);
    const before = await held();
    const { ada } = await openWithMedia('room');
    expect((await held()).handlers).toBeGreaterThan(before.handlers);
    await node.closePeer(ada);
    expect(await held()).toEqual(before);
    expect(await node.stats()).toMatchObject({ rooms: 1, peers: 1, producers: 0, consumers: 0 });
  });

  test('the last peer closes the room, and the worker holds nothing of it', async () => {
    const before = await held();
    const { ada, bob } = await openWithMedia('room');
    await node.closePeer(ada);
    await node.closePeer(bob);
    expect(await held()).toEqual(before);
    expect(await node.stats()).toMatchObject({ rooms: 0, peers: 0, producers: 0, consumers: 0 });
  });

  test('the peers while they open leaves nothing behind, at whatever moment', async () => {
    const before = await held();
    for (let turns = 0; turns < 20; turns += 1) {
      const keys = ['ada', 'bob'].map((id) => openPeerRequest(`room-${turns}`, id));
      const opening = keys.map((key) => node.openPeer(key));
      for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
      await Promise.all(keys.map((key) => node.closePeer(key)));
      await Promise.all(opening);
    }
    expect(await held()).toEqual(before);
    expect(await node.stats()).toMatchObject({ rooms: 0, peers: 0 });
  });

  test('a producer while it is being consumed leaves no consumer behind', async () => {
    const { ada, bob } = await openWithMedia('room');
    const before = await held();
    for (let turns = 0; turns < 20; turns += 1) {
      const offer = { kind: 'audio', rtpParameters: microphone('9', 9), paused: false } as const;
      const { producerId } = valueOf(await node.produce({ ...ada, ...offer }));
      const facts: MediaFact[] = [];
      const stop = node.subscribe((fact) => fact.type === 'consumersClosed' && facts.push(fact));
      const consuming = node.consume({ ...bob, producers: refsTo(node, [producerId]), paused: true });
      for (let turn = 0; turn < turns / 4; turn += 1) await new Promise(setImmediate);
      await node.closeProducer(ada, producerId);
      const consumers = valueOf(await consuming);
      stop();
      // Told as opened, so told as closed; or never told of at all.
      const told = consumers.map((consumer) => consumer.consumerId);
      for (const id of told) expect(JSON.stringify(facts)).toContain(id);
    }
    expect(await held()).toEqual(before);
    expect((await node.stats()).consumers).toBe(2);
  });

  test('two hundred meetings of two leaves the worker as it was', async () => {
    const before = await held();
    for (let cycle = 0; cycle < 200; cycle += 1) {
      const { ada, bob } = await openWithMedia(`room-${cycle % 7}`);
      await node.closePeer(cycle % 2 ? ada : bob);
      await node.closePeer(cycle % 2 ? bob : ada);
    }
    expect(await held()).toEqual(before);
    expect(await node.stats()).toMatchObject({ rooms: 0, peers: 0, producers: 0, consumers: 0 });
    expect(worker().webRtcServer.closed).toBe(false);
  });

  test('the node ends its worker processes', async () => {
    await openWithMedia('room');
    const { pid } = workerOf(node, 'room');
    await node.close();
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });
});
