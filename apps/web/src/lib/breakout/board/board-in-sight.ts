import { SvelteSet } from 'svelte/reactivity';

const boards = new SvelteSet<object>();

/** A board is shown from now on, until what it gives is called: then its requests need no notice. */
export function boardInSight(): () => void {
  const one = {};
  boards.add(one);
  return () => boards.delete(one);
}

export const isBoardInSight = () => boards.size > 0;
