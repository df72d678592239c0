import type { LineReport } from './line-report.ts';

/**
 * [LINE-13] What is seen of round trips while sound is all that is on the line. Where nothing is lost of it and they hardly vary, nothing
 * waits in a queue, however long they are: the line itself has become longer (a satellite after the cable, a detour), and its
 * length is no reason to give anything up. A queue that sound alone fills overflows, or runs dry when somebody is silent.
 */
export interface SoundAlone {
  /** Since when, in milliseconds of the reports' clock; undefined: pictures are there as well, or something is missing. */
  since: number | undefined;
  /** New round trips since then, and the shortest and the longest of them in milliseconds. */
  trips: number;
  least: number;
  most: number;
}

export const NO_SOUND_ALONE: SoundAlone = {
  since: undefined,
  trips: 0,
  least: Number.POSITIVE_INFINITY,
  most: 0,
};

/** A queue that pictures have left drains meanwhile: half a second of it at the thinnest, ten times over. */
const DRAINED_MS = 5000;
/** Then so long; browsers measure a round trip every two and a half seconds at least. */
const WATCHED_MS = 8000;
const ENOUGH_TRIPS = 3;
/** Radio and satellites vary by themselves; a queue that fills and runs dry does by more. */
const STEADY_MS = 80;
const STEADY_SHARE = 0.15;
/** More missing than this is a line that is full, or may be. */
const MISSING = 0.04;

/** After one more report, whose round trip is `roundTripMs` where it is a new one. Pure. */
export function nextSoundAlone(
  alone: SoundAlone,
  report: LineReport,
  roundTripMs: number | undefined,
): SoundAlone {
  if (!isSoundAlone(report)) return NO_SOUND_ALONE;
  const since = alone.since ?? report.at;
  const counts = roundTripMs !== undefined && report.at - since >= DRAINED_MS;
  if (!counts) return { ...alone, since };
  const next = {
    since,
    trips: alone.trips + 1,
    least: Math.min(alone.least, roundTripMs),
    most: Math.max(alone.most, roundTripMs),
  };
  // What was seen while it still drained is not this line's.
  return isSteady(next) ? next : { ...NO_SOUND_ALONE, since: report.at };
}

/** The line's own round trip in milliseconds, once it is known. */
export function ownRoundTrip(alone: SoundAlone, at: number): number | undefined {
  const { since, trips, least } = alone;
  if (since === undefined || trips < ENOUGH_TRIPS || at - since < DRAINED_MS + WATCHED_MS) return undefined;
  return least;
}

const isSoundAlone = ({ down, up }: LineReport): boolean =>
  down.picture === 0 &&
  up.picture === 0 &&
  Math.max(down.loss ?? 0, up.loss ?? 0, down.concealed ?? 0) < MISSING;

const isSteady = ({ least, most }: SoundAlone): boolean =>
  most - least <= Math.max(STEADY_MS, least * STEADY_SHARE);
