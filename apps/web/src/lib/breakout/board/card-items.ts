import type { BoardStore } from './board-store.svelte.ts';
import type { Card } from './cards.ts';
import type { MenuItem } from '#lib/ui/menu-item.ts';

const GIVEN = [5, 1];

/** What may be done with a room; of the plenary, with who is there. */
export function roomItems(board: BoardStore, { place, people }: Card): MenuItem[] {
  const { card: t } = board.words;
  const choose: MenuItem = {
    label: t.choose,
    act() {
      board.fold([place], false);
      for (const { person } of people) board.choose(person.participantId, true);
    },
  };
  const all = people.length > 0 ? [choose] : [];
  if (place === 'plenary') return all;
  const announce: MenuItem = {
    label: t.announce,
    act: () => board.open({ kind: 'announce', places: [place] }),
  };
  // While all are being closed, one alone cannot be given time.
  if (board.round?.phase === 'closing') return [...all, announce];
  const given = [
    ...GIVEN.map((minutes) => ({ label: t.more(minutes), minutes })),
    ...GIVEN.toReversed().map((minutes) => ({ label: t.less(minutes), minutes: -minutes })),
  ].map(({ label, minutes }, index): MenuItem => {
    return { label, act: () => void board.addTime(minutes, place), apart: index === 0 };
  });
  return [...all, announce, ...given, { label: t.close, act: () => void board.close(place), apart: true }];
}
