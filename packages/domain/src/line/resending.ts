import type { LineReport } from './line-report.ts';
import { isQueued } from './verdict.ts';

/**
 * Whether sound that is lost on the way here is to be asked for again. It helps where the air loses packets; where the line is
 * full, what is sent again is one more thing that it has no room for.
 */
export interface Resending {
  isOn: boolean;
  /** Reports since the line was last full that tell of loss, and what they say on average, the latest most. */
  told: number;
  loss: number;
  /** Reports in a row of a full line. */
  full: number;
}

export const NO_RESENDING: Resending = { isOn: false, told: 0, loss: 0, full: 0 };

/** The share of lost packets from which on speech suffers. */
const LOSS = 0.04;
/** A second of speech has some 17 packets, and loss comes in bursts: single seconds without any say nothing. */
const LATEST = 0.25;
/** How full a line is, is known some seconds after it fills: round trips are measured every one or two. */
const ENOUGH_REPORTS = 5;
const FULL_REPORTS = 2;
/** Longer round trips bring what is sent again too late for a conversation; milliseconds. */
const LONGEST_TRIP_MS = 350;

/** After one more report. Pure. What is lost cannot be told any more while it is asked for again: only a full line ends it. */
export function nextResending(resending: Resending, report: LineReport): Resending {
  const { isOn } = resending;
  const { roundTripMs, down } = report;
  const isFull = isQueued(report) || (roundTripMs ?? Number.POSITIVE_INFINITY) > LONGEST_TRIP_MS;
  const full = isFull ? resending.full + 1 : 0;
  if (isOn && full < FULL_REPORTS) return { ...resending, full };
  if (isFull) return { ...NO_RESENDING, full };
  // Nobody spoke: nothing is known.
  if (down.loss === undefined) return { ...resending, full };
  const told = resending.told + 1;
  const loss = resending.loss + LATEST * (down.loss - resending.loss);
  // A queue that filled since the last round trip is not known yet.
  const isKnown = report.isTripNew !== false;
  return { isOn: isKnown && told >= ENOUGH_REPORTS && loss >= LOSS, told, loss, full };
}
