import { backoff } from '@relais/kit';

/** Milliseconds that an attempt may take while nothing is known of the line: longer than a slow satellite's worst. */
const UNKNOWN_MS = 10_000;
/** What is lost of a first packet is sent again by the system after one second: no attempt is given up before. */
const SHORTEST_MS = 1000;
/** Attempts that are short because the line is likely to come back as it was; more than a minute of them. */
const DENSE = 30;
/** Milliseconds between two attempts that a server answers by refusing, at most. */
const REFUSED_MS = 4000;

/** How the last attempt ended: nothing came back, or a refusal did, at once. */
export type Failure = 'unanswered' | 'refused';

/**
 * Milliseconds after which an attempt to connect is given up for a new one. In a tunnel nothing answers, and an attempt that
 * was begun in it waits ever longer before it sends again: a new one sends at once. Three times what connecting usually takes
 * on this line (`usualMs`), ever a little longer, as the line that comes back may be a slower one.
 */
export function attemptMs(usualMs: number | undefined, failures: number): number {
  if (usualMs === undefined || failures >= DENSE) return UNKNOWN_MS;
  const base = Math.max(SHORTEST_MS, 3 * usualMs);
  return Math.min(UNKNOWN_MS, base * Math.min(3, 1.1 ** failures));
}

/**
 * Milliseconds before the next attempt. Where nothing answered nobody is burdened by it: it follows at once. What was refused
 * may be a server that has just stopped, with everybody who was on it: ever later, with half of it by chance.
 */
export function pauseMs(failure: Failure, failures: number, random: number): number {
  return failure === 'unanswered' ? 0 : backoff(failures, random, 150, REFUSED_MS);
}

/** Milliseconds that a socket which may be dead is given to answer: several round trips, and one packet sent again. */
export function probeMs(roundTripMs: number | undefined): number {
  return Math.min(3000, Math.max(1000, 4 * (roundTripMs ?? 750)));
}
