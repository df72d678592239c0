import type { LineReport } from './line-report.ts';
import { isQueued } from './verdict.ts';

/**
 * Whether sound that is lost on the way here is to be asked for again. It helps where the air loses packets; where the line is
 * full, what is sent again is one more thing that it has no room for.
 */
export interface Resending {
  isOn: boolean;
  /** Reports in a row that say otherwise. */
  evidence: number;
}

export const NO_RESENDING: Resending = { isOn: false, evidence: 0 };

/** The share of lost packets from which on speech suffers. */
const LOSS = 0.04;
/** How full a line is, is known some seconds after it fills: round trips are measured every one or two. */
const LOSSY_REPORTS = 6;
const FULL_REPORTS = 2;
/** Longer round trips bring what is sent again too late for a conversation; milliseconds. */
const LONGEST_TRIP_MS = 350;

/** After one more report. Pure. What is lost cannot be told any more while it is asked for again: only a full line ends it. */
export function nextResending({ isOn, evidence }: Resending, report: LineReport): Resending {
  const { roundTripMs, down } = report;
  const isFull = isQueued(report) || (roundTripMs ?? Number.POSITIVE_INFINITY) > LONGEST_TRIP_MS;
  if (isOn) return isFull ? turned(isOn, evidence, FULL_REPORTS) : { isOn, evidence: 0 };
  if (isFull) return { isOn, evidence: 0 };
  // Nobody spoke: nothing is known.
  if (down.loss === undefined) return { isOn, evidence };
  return down.loss >= LOSS ? turned(isOn, evidence, LOSSY_REPORTS) : { isOn, evidence: 0 };
}

const turned = (isOn: boolean, evidence: number, enough: number): Resending =>
  evidence + 1 >= enough ? { isOn: !isOn, evidence: 0 } : { isOn, evidence: evidence + 1 };
