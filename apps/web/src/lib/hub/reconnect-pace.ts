import { backoff } from '@relais/kit';

/** Milliseconds that an attempt may take while nothing is known of the line: longer than a slow satellite's worst. */
const UNKNOWN_MS = 10_000;
/** What is lost of a first packet is sent again by the system after one second: no attempt is given up before. */
const SHORTEST_MS = 1000;
/** Attempts that are short because the line is likely to come back as it was; more than a minute of them. */
const DENSE = 30;
/** Milliseconds between two attempts that a server answers by refusing, at most. */
const REFUSED_MS = 4000;

/** What packets of sound tell of the line meanwhile, beside the socket. */
export interface LineNow {
  /** Milliseconds, with what waits in queues; undefined: nothing is known. */
  roundTripMs: number | undefined;
  /** Some have come within the last second or two: the line is there, and whatever takes long is only slow. */
  isFlowing: boolean;
}

const UNKNOWN_LINE: LineNow = { roundTripMs: undefined, isFlowing: false };

/** Connecting is four round trips (TCP, WebSocket, and Socket.IO's two greetings), of which one packet may be lost. */
const CONNECTING_TRIPS = 5;
/** Milliseconds at least on a line that is there, for how full it is may not be known yet. */
const FLOWING_MS = 5000;

/** How the last attempt ended: nothing came back, or a refusal did, at once. */
export type Failure = 'unanswered' | 'refused';

/**
 * Milliseconds after which an attempt to connect is given up for a new one. In a tunnel nothing answers, and an attempt that
 * was begun in it waits ever longer before it sends again: a new one sends at once. Three times what connecting usually takes
 * on this line (`usualMs`), ever a little longer, as the line that comes back may be a slower one. Where sound gets through
 * the line is full, not gone: each new attempt would only fill it more.
 */
export function attemptMs(usualMs: number | undefined, failures: number, line = UNKNOWN_LINE): number {
  if (usualMs === undefined || failures >= DENSE) return UNKNOWN_MS;
  const tripsMs = CONNECTING_TRIPS * (line.roundTripMs ?? 0);
  const base = Math.max(SHORTEST_MS, 3 * usualMs, tripsMs, line.isFlowing ? FLOWING_MS : 0);
  return Math.min(UNKNOWN_MS, base * Math.min(3, 1.1 ** failures));
}

/**
 * Milliseconds before the next attempt. Where nothing answered nobody is burdened by it: it follows at once. What was refused
 * may be a server that has just stopped, with everybody who was on it: ever later, with half of it by chance.
 */
export function pauseMs(failure: Failure, failures: number, random: number): number {
  return failure === 'unanswered' ? 0 : backoff(failures, random, 150, REFUSED_MS);
}

/**
 * Milliseconds that a socket which may be dead is given to answer: several round trips, and one packet sent again. Longer where
 * sound gets through: what a full line holds up is not dead.
 */
export function probeMs(roundTripMs: number | undefined, line = UNKNOWN_LINE): number {
  if (line.isFlowing) return Math.min(UNKNOWN_MS, Math.max(FLOWING_MS, 4 * (line.roundTripMs ?? 0)));
  return Math.min(3000, Math.max(1000, 4 * (roundTripMs ?? 750)));
}
