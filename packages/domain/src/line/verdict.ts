import type { DirectionReport, LineReport } from './line-report.ts';

/** How one direction of a line carries what is on it. `soft`: pictures should be smaller, sound is not concerned. */
export type Verdict = 'danger' | 'trouble' | 'soft' | 'unclear' | 'calm';

/** Milliseconds by which the round trip is longer than usual, so that packets wait somewhere: a satellite's varies by 50. */
const QUEUED_MS = 120;
/** A conversation becomes difficult, and a queue this long soon overflows. */
const LONG_QUEUE_MS = 400;

/**
 * Loss beside a queue is a line that is full: 3 % can be heard. Loss without a queue is mostly the air's (a hall's Wi-Fi):
 * giving up pictures mends nothing of it, so it has to be much, and heard, and that for some seconds (it comes in bursts), before that
 * is tried. As long as no round trip was measured since, there may be a queue.
 */
const FULL = { trouble: 0.03, danger: 0.1 };
const BARE = { trouble: 0.12, danger: 0.25 };

/** Shares of sound made up by the browser: below the first hardly anybody notices. */
const HEARD = { trouble: 0.04, danger: 0.1 };

/**
 * What the others make up of one's own sound is not told. The media node asks again for what is lost [LINE-11]: of a tenth, one to
 * one and a half hundredths were heard to be missing (measured, a hall's Wi-Fi); a quarter is on the safe side.
 */
const HEARD_OF_LOST = 0.25;

/**
 * Bit/s that the browser believes it may send. Sound with its headers takes 25,000 to 60,000; the small layer of a camera
 * 150,000. Below `trouble` a camera takes from sound; below `soft` there is no room for its large layer.
 */
const ESTIMATE = { danger: 60_000, trouble: 110_000, soft: 260_000 };

/** Loss that this line has also when it carries sound alone counts only beyond this much of it. */
const allowed = (innate: number) => innate * 1.25 + 0.01;

export const isQueued = ({ queueMs }: LineReport): boolean => queueMs >= QUEUED_MS;

/** While a picture is on trial, what is heard of it is its doing, whatever else the counts say so far. */
export function downVerdict(report: LineReport, innate: number, { isTrial = false } = {}): Verdict {
  const heard = report.down.concealed ?? 0;
  if (isTrial && heard >= HEARD.trouble + allowed(innate)) return 'trouble';
  // The way up tells of itself what fills it; a queue that it does not account for is the other way's.
  const isLong = report.queueMs >= LONG_QUEUE_MS && report.down.picture > 0 && !isUpNarrow(report);
  return lossVerdict(report, { ...report.down, innate, heard, isLong });
}

export function upVerdict(report: LineReport, innate: number): Verdict {
  const heard = lossOf(report, report.up) * HEARD_OF_LOST;
  const isLong = report.queueMs >= LONG_QUEUE_MS && isUpNarrow(report);
  const verdict = lossVerdict(report, { ...report.up, innate, heard, isLong });
  const { estimate, picture } = report.up;
  if (verdict === 'danger' || estimate === undefined || picture === 0) return verdict;
  if (estimate < ESTIMATE.danger) return 'danger';
  if (estimate < ESTIMATE.trouble) return 'trouble';
  return estimate < ESTIMATE.soft && verdict !== 'trouble' ? 'soft' : verdict;
}

const isUpNarrow = ({ up: { estimate = 0, picture } }: LineReport) => picture > 0 && estimate < ESTIMATE.soft;

function lossVerdict(
  report: LineReport,
  { innate, heard, isLong, ...direction }: Pick<DirectionReport, 'loss' | 'lossLately'> & Heard,
): Verdict {
  const excess = Math.max(0, lossOf(report, direction) - allowed(innate));
  if (isQueued(report)) {
    if (excess >= FULL.danger || (excess > 0 && heard >= HEARD.danger)) return 'danger';
    if (excess >= FULL.trouble || (excess > 0 && heard >= HEARD.trouble) || isLong) return 'trouble';
    return 'unclear';
  }
  const isKnown = report.roundTripMs === undefined || report.isTripNew !== false;
  if (excess >= BARE.danger && heard >= HEARD.danger) return isKnown ? 'danger' : 'trouble';
  if (excess >= BARE.trouble && heard >= HEARD.trouble) return 'trouble';
  return excess >= FULL.trouble ? 'unclear' : 'calm';
}

/** What counts of loss: a burst of the air's as little as what it is part of; beside a queue all of it. */
function lossOf(
  report: LineReport,
  { loss = 0, lossLately }: Pick<DirectionReport, 'loss' | 'lossLately'>,
): number {
  const isAir = report.isTripNew === true && !isQueued(report);
  return isAir ? Math.min(loss, lossLately ?? loss) : loss;
}

interface Heard {
  innate: number;
  heard: number;
  /** The queue is long, and this direction's. */
  isLong: boolean;
}

/** [LINE-5] Pictures that are open and stand still: the media node finds no room for them. */
export function isStarved({ down: { open, moving } }: LineReport): boolean {
  return open > 0 && moving * 2 <= open && moving < open;
}
