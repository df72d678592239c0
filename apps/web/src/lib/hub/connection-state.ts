import type { Refusal } from '@relais/protocol';
import { unreachable } from '@relais/kit';
import type { Standing } from '../meeting/view-model.ts';

/** What happens to a tab's place in a meeting. */
export type StandingFact =
  | { type: 'joinAsked' }
  | { type: 'joinAccepted' }
  /** The log is away: the hub cannot seat anybody for now. */
  | { type: 'joinDelayed' }
  | { type: 'joinRefused'; refusal: Refusal }
  /** How one's waiting at the door stands, or what came of it [WAIT-2]; its code knows when (lib/waiting). */
  | { type: 'waits'; standing: Standing }
  /** `at`: milliseconds since 1970. */
  | { type: 'socketLost'; at: number }
  | { type: 'seatTaken' }
  | { type: 'removed' }
  | { type: 'left' };

/**
 * Where the tab stands after a fact. Facts that come late (an answer after one has left, a socket that falls
 * before one is in) leave the standing as it is: the same object, so that nothing is drawn again.
 */
export function nextStanding(standing: Standing, fact: StandingFact): Standing {
  switch (fact.type) {
    case 'joinAsked':
      // Coming back after a fall stays "reconnecting" until it is answered.
      return isInside(standing) ? standing : { kind: 'joining' };
    case 'joinAccepted':
      return isAwaiting(standing) ? { kind: 'joined' } : standing;
    case 'joinDelayed':
      if (standing.kind !== 'joining' && standing.kind !== 'reconnecting') return standing;
      return standing.storeAway ? standing : { ...standing, storeAway: true };
    case 'joinRefused':
      // It was so while the line was cut.
      if (standing.kind === 'reconnecting' && fact.refusal.kind === 'removed') return { kind: 'removed' };
      return isAwaiting(standing) ? { kind: 'refused', refusal: fact.refusal } : standing;
    case 'waits':
      return fact.standing;
    case 'socketLost':
      return standing.kind === 'joined' ? { kind: 'reconnecting', since: fact.at } : standing;
    case 'seatTaken':
      return isInside(standing) ? { kind: 'takenOver' } : standing;
    case 'removed':
      return isInside(standing) ? { kind: 'removed' } : standing;
    case 'left':
      return standing.kind === 'outside' ? standing : { kind: 'left' };
    default:
      return unreachable(fact);
  }
}

/** A seat is held, whether or not the socket stands. */
export function isInside(standing: Standing): boolean {
  return standing.kind === 'joined' || standing.kind === 'reconnecting';
}

function isAwaiting(standing: Standing): boolean {
  return standing.kind === 'joining' || standing.kind === 'waiting' || standing.kind === 'reconnecting';
}
