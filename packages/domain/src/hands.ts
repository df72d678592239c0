import type { Person } from './people.ts';

type WithHand = Pick<Person, 'hand' | 'joinedAt' | 'participantId'>;

/** [HAND-4] Those whose hand is raised, in the order of raising. */
export function raisedHands<P extends WithHand>(people: readonly P[]): P[] {
  return people.filter(({ hand }) => hand).sort(before);
}

/** Whose turn it is first, as every browser sees it: at the same instant who joined first. */
function before(one: WithHand, other: WithHand): number {
  return (
    (one.hand ?? 0) - (other.hand ?? 0) ||
    one.joinedAt - other.joinedAt ||
    (one.participantId < other.participantId ? -1 : 1)
  );
}
