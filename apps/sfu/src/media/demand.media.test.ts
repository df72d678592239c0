import type { MediaFact, ProducerDemand, ProducerRef } from '@relais/protocol';
import { test, type TestContext } from 'vitest';
import { JoinedNodes } from '../../test-support/joined.ts';
import { enter, offer, take } from '../../test-support/rooms.ts';
import type { Opened } from '../../test-support/rooms.ts';
import { createTestNode, valueOf, workerOf } from '../../test-support/test-node.ts';
import type { MediasoupNode } from '../node.ts';
import { FALL_MS } from './demand.ts';

/** The tests wait for some seconds most of the time: they do so together, each with nodes of its own. */
type Ending = TestContext['onTestFinished'];

const wait = { timeout: 3 * FALL_MS, interval: 20 };
/** Well before what falls would have been told. */
const soon = { timeout: FALL_MS / 2, interval: 5 };

async function alone(onTestFinished: Ending): Promise<MediasoupNode> {
  const node = await createTestNode();
  onTestFinished(() => node.close());
  return node;
}

async function joined(
  onTestFinished: Ending,
  ...args: Parameters<typeof JoinedNodes.create>
): Promise<JoinedNodes> {
  const nodes = await JoinedNodes.create(...args);
  onTestFinished(() => nodes.close());
  return nodes;
}

/** What the sender of it was told last; undefined: nothing, so that all is wanted. */
function lastTold(node: MediasoupNode): (ref: ProducerRef) => ProducerDemand['spatialLayer'] | undefined {
  const last = new Map<string, number | null>();
  node.subscribe((fact: MediaFact) => {
    if (fact.type !== 'demandChanged') return;
    for (const { producerId, spatialLayer } of fact.demands) last.set(producerId, spatialLayer);
  });
  return ({ producerId }) => last.get(producerId);
}

async function prefer(peer: Opened, ref: ProducerRef, layer: number): Promise<void> {
  const [consumerId] = await take(peer, [ref]);
  valueOf(await peer.node.preferLayer(peer, consumerId!, layer));
}

async function letGo(peer: Opened, ref: ProducerRef): Promise<void> {
  valueOf(await peer.node.closeConsumers(peer, await take(peer, [ref])));
}

test.concurrent(
  '[DEMAND-1] whoever is alone is told that nobody takes picture or sound, and of the next who comes at once',
  async ({ expect, onTestFinished }) => {
    const node = await alone(onTestFinished);
    const told = lastTold(node);
    const ada = await enter(node, 'room', 'ada');
    const [sound, picture] = [await offer(ada), await offer(ada, 'video')];
    await expect.poll(() => [told(sound), told(picture)], wait).toEqual([null, null]);
    await enter(node, 'room', 'bob', [sound, picture]);
    await expect.poll(() => [told(sound), told(picture)], soon).toEqual([0, 2]);
  },
);

test.concurrent(
  '[DEMAND-1] what is opened paused is taken in its smallest layer until it flows, then in the one its browser has said, or all',
  async ({ expect, onTestFinished }) => {
    const node = await alone(onTestFinished);
    const told = lastTold(node);
    const ada = await enter(node, 'room', 'ada');
    const picture = await offer(ada, 'video');
    await expect.poll(() => told(picture), wait).toBeNull();
    const bob = await enter(node, 'room', 'bob');
    const opened = await node.consume({ ...bob, producers: [picture], paused: true });
    if (!opened.ok) throw new Error('a consumer was expected');
    const ids = opened.value.map(({ consumerId }) => consumerId);
    await expect.poll(() => told(picture), soon).toBe(0);
    await node.pauseConsumers(bob, ids, false);
    await expect.poll(() => told(picture), soon).toBe(2);
  },
  60_000,
);

for (const [name, names, options] of [
  ['two nodes', ['east', 'west'], {}],
  ['two workers of one node', ['east'], { workers: 2, budget: 1 }],
] as const) {
  test.concurrent(
    `[DEMAND-3] what is taken at the other end of a pipe reaches the sender: ${name}`,
    async ({ expect, onTestFinished }) => {
      const nodes = await joined(onTestFinished, names, options);
      const [east, west = east] = nodes.all as [MediasoupNode, MediasoupNode?];
      const told = lastTold(east);
      const ada = await enter(east, 'room', 'ada');
      const picture = await offer(ada, 'video');
      const bob = await enter(west, 'room', 'bob', [picture]);
      const room = east.internals().room('room');
      if (west === east) expect(room?.routers).toHaveLength(2);
      expect(bob.consumers).toHaveLength(1);
      await prefer(bob, picture, 0);
      await expect.poll(() => told(picture), wait).toBe(0);
      await prefer(bob, picture, 1);
      await expect.poll(() => told(picture), soon).toBe(1);
      const consumers = await take(bob, [picture]);
      await west.pauseConsumers(bob, consumers, true);
      await expect.poll(() => told(picture), wait).toBeNull();
      await west.pauseConsumers(bob, consumers, false);
      await expect.poll(() => told(picture), soon).toBe(1);
      await letGo(bob, picture);
      await expect.poll(() => told(picture), wait).toBeNull();
    },
    60_000,
  );
}

test.concurrent(
  '[DEMAND-3] while a link is silent the last word is kept, and it comes when the link answers again',
  async ({ expect, onTestFinished }) => {
    const nodes = await joined(onTestFinished, ['east', 'west']);
    const [east, west] = nodes.two;
    const told = lastTold(east);
    const ada = await enter(east, 'room', 'ada');
    const picture = await offer(ada, 'video');
    const bob = await enter(west, 'room', 'bob', [picture]);
    await prefer(bob, picture, 0);
    await expect.poll(() => told(picture), wait).toBe(0);
    nodes.set('broken');
    await prefer(bob, picture, 2);
    await prefer(bob, picture, 1);
    nodes.set('up');
    await expect.poll(() => told(picture), wait).toBe(1);
  },
  60_000,
);

test.concurrent(
  '[DEMAND-3] a node that does not heed what is wanted is not told, and sends all',
  async ({ expect, onTestFinished }) => {
    const nodes = await joined(onTestFinished, ['east', 'west']);
    const [east, west] = nodes.two;
    const heard: unknown[] = [];
    const takeProducer = east.pipes.takeProducer.bind(east.pipes);
    east.pipes.takeProducer = async (...args) => {
      const taken = await takeProducer(...args);
      if (taken.ok) delete taken.value.heedsWant;
      return taken;
    };
    east.pipes.wantProducer = async (...args) => {
      heard.push(args);
      return { ok: false, error: { kind: 'unavailable' } };
    };
    const told = lastTold(east);
    const ada = await enter(east, 'room', 'ada');
    const [picture, other] = [await offer(ada, 'video'), await offer(ada)];
    const bob = await enter(west, 'room', 'bob', [picture]);
    await prefer(bob, picture, 0);
    // The sound that nobody takes is told of: by then the picture would have been.
    await expect.poll(() => told(other), wait).toBeNull();
    expect([told(picture), heard]).toEqual([undefined, []]);
  },
  60_000,
);

test.concurrent(
  '[DEMAND-3] when the other node is lost, nobody takes what it took',
  async ({ expect, onTestFinished }) => {
    const nodes = await joined(onTestFinished, ['east', 'west'], {});
    const [east, west] = nodes.two;
    const told = lastTold(east);
    const ada = await enter(east, 'room', 'ada');
    const sound = await offer(ada);
    const bob = await enter(west, 'room', 'bob', [sound]);
    expect(bob.consumers).toHaveLength(1);
    workerOf(west, 'room').kill();
    await expect.poll(() => told(sound), wait).toBeNull();
  },
  60_000,
);
