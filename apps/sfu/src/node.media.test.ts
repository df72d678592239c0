import { mediaNodeContract } from '@relais/testing/media-node.contract';
import { createTestNode, killWorkerOf } from '../test-support/test-node.ts';

mediaNodeContract('The mediasoup node', async () => {
  const node = await createTestNode();
  return { node, loseRoom: async (roomId) => void killWorkerOf(node, roomId) };
});
