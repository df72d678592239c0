import { createMemoryMediaNode } from '@relais/testing';
import { mediaNodesContract } from '../ports/media-nodes.contract.ts';
import { createSingleMediaNodes } from './single-media-nodes.ts';

mediaNodesContract('The one node of this process', async () => {
  const node = createMemoryMediaNode();
  return { nodes: createSingleMediaNodes(node), behind: [node] };
});
