import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { enter, factsOf, offer, routerOf } from '../../test-support/rooms.ts';
import { createTestNode, valueOf } from '../../test-support/test-node.ts';
import type { MediasoupNode } from '../node.ts';

let node: MediasoupNode;
beforeEach(async () => {
  node = await createTestNode();
});
afterEach(() => node.close());

test('a producer that closes in the very turn in which its consumer opened is not answered as consumed', async () => {
  const [ada, bob] = [await enter(node, 'room', 'ada'), await enter(node, 'room', 'bob')];
  const sound = await offer(ada);
  const facts = factsOf(node);
  const router = routerOf(node, 'room', 'bob');
  const hold = router.hold.bind(router);
  vi.spyOn(router, 'hold').mockImplementation((id) => {
    const held = hold(id);
    const isGood = () => {
      // After the last look at the producer, and before the next turn of the loop.
      queueMicrotask(() => void node.closeProducer(ada, sound.producerId));
      return true;
    };
    return held && { ...held, isGood };
  });
  const consumers = valueOf(await node.consume({ ...bob, producers: [sound], paused: true }));
  const told = facts.flatMap((fact) => (fact.type === 'consumersClosed' ? fact.consumerIds : []));
  expect(consumers.map(({ consumerId }) => consumerId).filter((id) => !told.includes(id))).toEqual([]);
  expect((await node.stats()).consumers).toBe(0);
});

/** Whether it flows, by producer, for every consumer that is opened in ada's room from now on. */
function flowing(): Map<string, () => boolean> {
  const isFlowing = new Map<string, () => boolean>();
  routerOf(node, 'room', 'ada').router.observer.on('newtransport', (transport) =>
    transport.observer.on('newconsumer', (consumer) =>
      isFlowing.set(consumer.producerId, () => !consumer.paused),
    ),
  );
  return isFlowing;
}

test('[MEDIA-10] of what is opened paused a picture waits until its browser has it flow; a sound flows at once', async () => {
  const ada = await enter(node, 'room', 'ada');
  const [sound, picture] = [await offer(ada), await offer(ada, 'video')];
  const flows = flowing();
  const bob = await enter(node, 'room', 'bob');
  const producers = [sound, picture];
  const consumers = valueOf(await node.consume({ ...bob, producers, paused: true }));
  const isFlowing = () => producers.map(({ producerId }) => flows.get(producerId)?.());
  expect(isFlowing()).toEqual([true, false]);
  const ids = consumers.map(({ consumerId }) => consumerId);
  valueOf(await node.pauseConsumers(bob, ids, false));
  expect(isFlowing()).toEqual([true, true]);
});

test('[MEDIA-11] a picture for which a receiver is ready flows at once, and one for which the one named is in use waits', async () => {
  const [ada, cem] = [await enter(node, 'room', 'ada'), await enter(node, 'room', 'cem')];
  const pictures = [await offer(ada, 'video'), await offer(cem, 'video')];
  const flows = flowing();
  const bob = await enter(node, 'room', 'bob');
  const ready = pictures.map(({ producerId }) => ({ producerId, mid: 'r1', ssrc: 2 ** 31 }));
  valueOf(await node.consume({ ...bob, producers: pictures, paused: true, ready }));
  expect(pictures.map(({ producerId }) => flows.get(producerId)?.())).toEqual([true, false]);
});
