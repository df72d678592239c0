import { mediaNodeContract } from '@relais/testing/media-node.contract';
import { linkTo, serveNode } from '../test-support/served.ts';

mediaNodeContract('A node over a control link', async () => {
  const served = await serveNode();
  const node = linkTo(served);
  await node.whenUp();
  return { node, loseRoom: async (roomId) => void served.node.loseRoom(roomId) };
});
