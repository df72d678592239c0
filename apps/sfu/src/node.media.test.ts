import { mediaNodeContract } from '@relais/testing/media-node.contract';
import { createTestNode, killWorkersOf } from '../test-support/test-node.ts';
import type { SfuOptions } from './options.ts';

const contractOver = (name: string, options: Partial<SfuOptions>) =>
  mediaNodeContract(name, async () => {
    const node = await createTestNode(options);
    return { node, loseRoom: async (roomId) => killWorkersOf(node, roomId) };
  });

contractOver('The mediasoup node', {});
// Whoever comes is put on another worker than those who are there, so that everything goes through pipes.
contractOver('The mediasoup node of three workers that carry next to nothing', { workers: 3, budget: 0 });
