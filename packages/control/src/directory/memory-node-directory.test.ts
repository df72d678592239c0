import { createNodeBoard } from './memory-node-directory.ts';
import { nodeDirectoryContract } from './node-directory.contract.ts';

let board = createNodeBoard();

nodeDirectoryContract('Memory', {
  open: async () => board.open(),
  empty: async () => {
    board = createNodeBoard();
  },
});
