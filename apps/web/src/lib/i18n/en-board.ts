import type { BoardWords } from './fr-board.ts';

export const enBoard: BoardWords = {
  heading: 'Sub-groups',
  none: 'There are no sub-groups at the moment.',
  broad: 'Enlarge',
  narrow: 'Reduce',
  here: 'you are here',
};
