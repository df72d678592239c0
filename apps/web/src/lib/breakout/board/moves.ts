import type { ParticipantId, Place, RequestInput } from '@relais/protocol';

/** Somebody goes from one place to another. */
export interface Step {
  participantId: ParticipantId;
  from: Place;
  to: Place;
}

type Where = (participantId: ParticipantId) => Place;

/** Those who are not there already. */
export function stepsTo(people: Iterable<ParticipantId>, to: Place, where: Where): Step[] {
  return [...people]
    .map((participantId) => ({ participantId, from: where(participantId), to }))
    .filter(({ from }) => from !== to);
}

/** Two who are in two places, each to the other's; undefined: there is nothing to swap. */
export function swapOf(people: readonly ParticipantId[], where: Where): Step[] | undefined {
  const [one, other, third] = people;
  if (!one || !other || third) return undefined;
  const [here, there] = [where(one), where(other)];
  if (here === there) return undefined;
  return [
    { participantId: one, from: here, to: there },
    { participantId: other, from: there, to: here },
  ];
}

export interface Undoing {
  back: Step[];
  /** They were moved by somebody since, have left, or their room is closed: they stay where they are. */
  left: ParticipantId[];
}

/** [BREAK-26] Each back to where they were, but who was moved again since: what another did meanwhile is not undone. */
export function undoingOf(
  steps: readonly Step[],
  where: (participantId: ParticipantId) => Place | undefined,
  isOpen: (place: Place) => boolean,
): Undoing {
  const undoing: Undoing = { back: [], left: [] };
  for (const { participantId, from, to } of steps) {
    if (where(participantId) === to && isOpen(from)) undoing.back.push({ participantId, from: to, to: from });
    else undoing.left.push(participantId);
  }
  return undoing;
}

export function movesOf(steps: readonly Step[]): RequestInput<'breakout:move'>['moves'] {
  return steps.map(({ participantId, to }) => ({ participantId, roomId: to === 'plenary' ? null : to }));
}
