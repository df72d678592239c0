import { mediaNodeContract } from './media-node.contract.ts';
import { createMemoryMediaNode } from './memory-media-node.ts';

mediaNodeContract('The memory node', async () => {
  const node = createMemoryMediaNode();
  return { node, loseRoom: async (roomId) => void node.loseRoom(roomId) };
});
