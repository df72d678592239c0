import type { LineReport } from './line-report.ts';

/**
 * [LINE-13] Whether a round trip that is longer than before is the line's own: a satellite after the cable, a detour. A queue
 * that pictures or sound fill grows, overflows, or runs dry when there is less; where hardly anything is lost and round trips stay the
 * same for some seconds, nothing waits, however long they are, and their length is no reason to give anything up.
 */
export interface Steadiness {
  /** Since when round trips hardly vary, in milliseconds of the reports' clock; undefined: none was measured yet. */
  since: number | undefined;
  /** How many were measured since, the shortest and the longest of them in milliseconds. */
  trips: number;
  least: number;
  most: number;
  /** The reports since, and the shares of what was lost or made up in each, added up. */
  reports: number;
  missing: number;
}

export const UNSTEADY: Steadiness = {
  since: undefined,
  trips: 0,
  least: Number.POSITIVE_INFINITY,
  most: 0,
  reports: 0,
  missing: 0,
};

/** So long at least, and as many round trips: browsers measure one every two and a half seconds at the rarest. */
const WATCHED_MS = 7000;
const ENOUGH_TRIPS = 4;
/** Milliseconds, or a share: what a satellite's vary by themselves (measured: 606 to 650); a queue varies by more in that time. */
const STEADY_MS = 30;
const STEADY_SHARE = 0.08;
/** On average. More missing than this is a line that is full, or may be: one that is at its end all the time loses what is too much. */
const MISSING = 0.03;

/** After one more report, whose round trip is `roundTripMs` where it is a new one. Pure. */
export function nextSteadiness(
  steady: Steadiness,
  { at, down, up }: LineReport,
  roundTripMs: number | undefined,
): Steadiness {
  const missing = Math.max(down.loss ?? 0, up.loss ?? 0, down.concealed ?? 0);
  const next = { ...steady, reports: steady.reports + 1, missing: steady.missing + missing };
  if (roundTripMs === undefined) return next;
  const least = Math.min(steady.least, roundTripMs);
  const most = Math.max(steady.most, roundTripMs);
  const isSteady = most - least <= Math.max(STEADY_MS, least * STEADY_SHARE);
  if (!isSteady) return { since: at, trips: 1, least: roundTripMs, most: roundTripMs, reports: 1, missing };
  return { ...next, since: steady.since ?? at, trips: steady.trips + 1, least, most };
}

/** The line's own round trip in milliseconds, once it is known. */
export function ownLength(
  { since, trips, least, reports, missing }: Steadiness,
  at: number,
): number | undefined {
  if (since === undefined || trips < ENOUGH_TRIPS || at - since < WATCHED_MS) return undefined;
  return missing <= MISSING * reports ? least : undefined;
}
