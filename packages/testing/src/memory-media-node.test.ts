import { expect, test } from 'vitest';
import { nodeId } from '@relais/protocol';
import type { MediaFact } from '@relais/protocol';
import { microphone, openPeerRequest, refsTo } from './media-fixtures.ts';
import { mediaNodeContract } from './media-node.contract.ts';
import { createMemoryMediaNode } from './memory-media-node.ts';
import type { MemoryMediaNode } from './memory-media-node.ts';

mediaNodeContract('The memory node', async () => {
  const node = createMemoryMediaNode();
  return { node, loseRoom: async (roomId) => void node.loseRoom(roomId) };
});

test('a producer of another memory node is consumed as through a pipe, and its end is told here', async () => {
  const nodes: MemoryMediaNode[] = ['east', 'west'].map((name) =>
    createMemoryMediaNode({ nodeId: nodeId.parse(name), others: () => nodes }),
  );
  const [east, west] = nodes;
  if (!east || !west) throw new Error('two nodes were expected');
  const ada = openPeerRequest('room', 'ada');
  await east.openPeer(ada);
  const offer = { kind: 'audio', rtpParameters: microphone(), paused: false } as const;
  const produced = await east.produce({ ...ada, ...offer });
  if (!produced.ok) throw new Error('a producer was expected');
  const bob = openPeerRequest('room', 'bob', refsTo(east, [produced.value.producerId]));
  await west.openPeer(bob);
  const [consumer] = west.consumersOf(bob);
  expect(consumer?.producerId).toBe(produced.value.producerId);

  const facts: MediaFact[] = [];
  west.subscribe((fact) => facts.push(fact));
  east.loseRoom('room');
  const { roomId, peerId } = bob;
  const consumerIds = [consumer?.consumerId];
  expect(facts).toEqual([{ type: 'consumersClosed', roomId, peerId, consumerIds }]);
});
