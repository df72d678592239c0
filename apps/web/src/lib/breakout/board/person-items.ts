import type { BoardStore } from './board-store.svelte.ts';
import type { Card, CardPerson } from './cards.ts';
import type { MenuItem } from '#lib/ui/menu-item.ts';
import { ROLES } from './roles.ts';

/** What may be done with somebody. */
export function personItems(board: BoardStore, { place }: Card, one: CardPerson): MenuItem[] {
  const { person: t } = board.words;
  const { participantId } = one.person;
  const items: MenuItem[] = [
    { label: t.move, act: () => board.open({ kind: 'move', people: board.carried(participantId) }) },
  ];
  const other = otherChosen(board, participantId);
  if (other && board.where(other) !== place)
    items.push({
      label: t.swapWith(board.nameOf(other)),
      act: () => {
        board.choose(participantId, true);
        void board.swapChosen();
      },
    });
  // Who runs the meeting takes nobody's place.
  const successor = one.person.role ? [] : [successorItem(board, one)];
  if (place === 'plenary') return [...items, ...successor];
  items.push({ label: t.bringBack, act: () => void board.move([participantId], 'plenary') });
  // Roles are given where people are: before it opens nobody is in a room.
  if (board.round?.phase !== 'opening')
    ROLES.forEach((role, index) => {
      const isIts = one.role === role;
      items.push({
        label: (isIts ? t.takeAway : t.give)(t.roles[role]),
        act: () => void board.giveRole(participantId, isIts ? null : role),
        apart: index === 0,
      });
    });
  return [...items, ...successor];
}

/** The only one who is chosen beside this person, whether they are chosen or not. */
function otherChosen(board: BoardStore, participantId: string) {
  const others = board.chosenHere.filter((id) => id !== participantId);
  return others.length === 1 ? others[0] : undefined;
}

function successorItem(board: BoardStore, { person, isSuccessor }: CardPerson): MenuItem {
  const { person: t } = board.words;
  return {
    label: isSuccessor ? t.unnameSuccessor : t.nameSuccessor,
    act: () => void board.nameSuccessor(isSuccessor ? null : person.participantId),
    apart: true,
  };
}
