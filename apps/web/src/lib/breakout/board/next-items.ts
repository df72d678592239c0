import type { MenuItem } from '#lib/ui/menu-item.ts';
import { followingOf } from './again.ts';
import type { BoardStore } from './board-store.svelte.ts';

const KINDS = ['same', 'mixing'] as const;

/** [BREAK-37] In one step the rooms close with their countdown, and the hub opens them anew, whoever is there then. */
export function nextItems(board: BoardStore): MenuItem[] {
  const { next: t } = board.words;
  return KINDS.map((kind) => ({ label: t[kind], act: () => follow(board, kind) }));
}

function follow(board: BoardStore, kind: (typeof KINDS)[number]): void {
  const { round } = board;
  if (!round) return;
  const seed = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  void board.ask('breakout:open', followingOf(round, { kind, seed }));
}
