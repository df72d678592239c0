import type { Person } from '@relais/domain';
import type { ParticipantId } from '@relais/protocol';

/**
 * Oneself, then the others in the order of joining: a newcomer takes the last place and nobody else moves.
 */
export function selfFirst(people: readonly Person[], self: ParticipantId | undefined): readonly Person[] {
  const own = people.filter((p) => p.participantId === self);
  return [...own, ...people.filter((p) => p.participantId !== self)];
}

/** Whose screen can be shown: one's own would be a hall of mirrors. */
export function sharersOf(people: readonly Person[], self: ParticipantId | undefined): readonly Person[] {
  return people.filter((p) => p.screen && p.participantId !== self);
}
