import { IN_DANGER } from './ladder-now.ts';
import type { LineReport } from './line-report.ts';
import type { LineStep } from './limits.ts';
import { downVerdict, isQueued, isStarved, upVerdict, type Verdict } from './verdict.ts';

/** One direction's way along the order of giving up. Times in milliseconds of the reports' clock. */
export interface Side {
  step: LineStep;
  /** When the step was last another. */
  changedAt: number;
  /** Evidence against the line, gathered since; it acts at `ENOUGH`. */
  evidence: number;
  /** Since when nothing was wrong; undefined: something is. */
  calmSince: number | undefined;
  /** When something was last given back and has not yet proved itself; undefined: nothing is being tried. */
  triedAt: number | undefined;
  /** Times in a row that giving back was too much. */
  failures: number;
  /** The last giving back went well: the next one is tried sooner. */
  isRising: boolean;
  /** A camera is due to come back: whether there is room for one is to be found out first, by a few kilobytes. */
  asksRoom: boolean;
  /** There was none: not asked again before; 0 where there was, or nobody has asked yet. */
  roomlessUntil: number;
  /** There was plenty: until then what comes back is on no trial that the other direction has to wait for. */
  roomyUntil: number;
  /** The share of packets that this line loses also without pictures, whatever is given up. */
  innate: number;
}

/**
 * What is given up for each direction, and for sound: a line may be thin one way only. `sound` is 1 while the line
 * is so thin that microphones should be frugal, although there may be no picture to give up.
 */
export interface Ladder {
  down: Side;
  up: Side;
  sound: Side;
}

/**
 * [LINE-9] Where each direction halts on the one order: only where giving up helps it. One's own camera takes nothing from
 * what comes down; others' pictures take nothing from what goes up.
 */
const STOPS = { down: [0, 1, 2, 3, 5, 6], up: [0, 2, 4], sound: [0, 1] } as const satisfies Record<
  keyof Ladder,
  readonly LineStep[]
>;

/**
 * Pictures that stand still harm no sound, and may do so for what is none of the line's doing: a media node that is cut off
 * is given up after 4.5 s, and its people are back within two more. Only what lasts for eight is the line's.
 */
const WEIGHT: Record<Verdict, number> = { danger: 2, trouble: 1, soft: 0.25, unclear: -0.25, calm: -1 };
const ENOUGH = 2;

/** What a step changed is not seen before: queues drain, and the other end's reports come every second or two. */
const SETTLE_MS = 2000;
/** Calm before the first thing is given back, before each next one, and what a failure makes of it at least and at most. */
const FIRST_CALM_MS = 10_000;
const NEXT_CALM_MS = 4000;
const FAILED_CALM_MS = 15_000;
const LONGEST_CALM_MS = 120_000;
/** Trouble within this time after giving something back means that it was too much. */
const TRIAL_MS = 10_000;
/**
 * Bit/s that a line must have before a picture is tried beside sound: the small layer with its headers is 170,000; what comes down
 * is somebody's else, who may begin with more. On a thinner one the trial itself is heard (measured at 64 kbit/s: a fifth of ten
 * seconds' speech one way, a tenth the other).
 */
const ROOM_BPS = { down: 250_000, up: 180_000 };
/** Bit/s that have room for more than one picture; and milliseconds for which that is believed. */
const PLENTY_BPS = 1_000_000;
const PLENTY_MS = 30_000;
/** From this step on there are no cameras to try less of. */
const NO_CAMERAS = { down: 3, up: 4 };
/** Asking costs 4 kB: 2 kbit/s. */
const ROOMLESS_MS = 16_000;
/** A line that loses so much to the air lets no few kilobytes tell how wide it is. */
const TELLS_NOTHING = 0.05;

/** A line at nothing given up for so long owes its failures nothing. */
const FORGIVEN_MS = 60_000;
/** Sound stays frugal longer: a change of it is heard by everybody. */
const SOUND_CALM_MS = 20_000;

/** The ladder after one more report. Pure. Down quickly, up slowly and ever more patiently [LINE-5]. */
export function nextLadder(ladder: Ladder, report: LineReport): Ladder {
  const isTrial = ladder.down.triedAt !== undefined;
  const down = downVerdict(report, ladder.down.innate, { isTrial });
  const up = isDrowned(report) ? 'danger' : upVerdict(report, ladder.up.innate);
  const starved = down === 'calm' && isStarved(report) ? 'soft' : down;
  const next: Ladder = {
    down: nextSide('down', ladder.down, report, {
      verdict: starved,
      hasPictures: report.down.open > 0,
      mayRise: ladder.up.triedAt === undefined && !isOwnFirst(ladder),
      // Half of the pictures stand still: thumbnails may as well. All of them: there is no room for cameras.
      deepest: starved === 'soft' ? (report.down.moving > 0 ? 1 : 3) : 6,
    }),
    up: nextSide('up', ladder.up, report, {
      verdict: up,
      hasPictures: report.up.picture > 0,
      mayRise: ladder.down.triedAt === undefined,
      deepest: up === 'soft' ? 2 : 4,
    }),
    sound: nextSide('sound', ladder.sound, report, {
      verdict: soundVerdict(down, up, report),
      hasPictures: true,
      mayRise: true,
      deepest: 1,
    }),
  };
  return inOrder(ladder, next);
}

/**
 * Most of what comes down is lost, and nothing comes that would tell of the way up: if one's own camera fills that, no word about
 * any of this gets through (measured at 64 kbit/s: for eight seconds and more). One picture too few is the smaller mistake.
 */
const isDrowned = ({ down, up }: LineReport) =>
  (down.loss ?? 0) >= FULL_LOSS && up.loss === undefined && up.picture > 0;

/**
 * A full line is sound's trouble even when there is nothing else on it; loss of the air's is none of its rate, and frugal packets
 * are the larger loss: 60 ms of a word each. So much is lost only where a line is full, whose round trips are not known yet; or a
 * fifth of it where they are long and nobody knows how long they were before it was.
 */
const FULL_LOSS = 0.6;
const FULL_LONG = { loss: 0.12, roundTripMs: 400 };

function soundVerdict(down: Verdict, up: Verdict, report: LineReport): Verdict {
  const worst = worstOf(down, up);
  if (worst === 'soft') return 'calm';
  const loss = Math.max(report.down.loss ?? 0, report.up.loss ?? 0);
  const isLong = (report.roundTripMs ?? 0) >= FULL_LONG.roundTripMs && loss >= FULL_LONG.loss;
  return isQueued(report) || loss >= FULL_LOSS || isLong ? worst : 'calm';
}

function worstOf(a: Verdict, b: Verdict): Verdict {
  return WEIGHT[a] >= WEIGHT[b] ? a : b;
}

/**
 * [LINE-9] One's own camera is not given up before those of others while both directions are in trouble: what is shown keeps
 * its one order.
 */
function inOrder(before: Ladder, next: Ladder): Ladder {
  const givesOwn = next.up.step >= 4 && before.up.step < 4;
  if (!givesOwn || next.down.step >= 3 || next.down.evidence <= 0) return next;
  return { ...next, down: { ...next.down, step: 3, changedAt: next.up.changedAt, evidence: 0 } };
}

/** [LINE-1] One's own camera, given up after those of others, is given back before them; unless there is no room for it. */
const isOwnFirst = ({ down, up }: Ladder) =>
  down.step <= 3 && up.step >= 4 && up.failures === 0 && up.roomlessUntil === 0;

interface Evidence {
  verdict: Verdict;
  /** One direction gives back at a time: what it does to the line is then its own doing. */
  mayRise: boolean;
  /** Whether there is anything to give up in this direction. */
  hasPictures: boolean;
  deepest: LineStep;
}

function nextSide(name: keyof Ladder, side: Side, report: LineReport, seen: Evidence): Side {
  const { at } = report;
  const { verdict } = seen;
  const isCalm = verdict === 'calm' || (verdict === 'soft' && side.step >= seen.deepest);
  const now: Side = {
    ...side,
    evidence: evidenceAfter(side, seen, at),
    calmSince: isCalm ? (side.calmSince ?? at) : undefined,
    innate: innateAfter(name, side, report, seen),
  };
  if (now.evidence >= ENOUGH && seen.hasPictures) return lower(name, now, seen, at);
  if (now.triedAt !== undefined && at - now.triedAt >= TRIAL_MS) return proven(now);
  if (isRoomless(name, now, report)) return { ...now, asksRoom: false, roomlessUntil: at + ROOMLESS_MS };
  if (now.calmSince === undefined || !seen.mayRise) return now;
  const calmMs = at - now.calmSince;
  if (now.step === 0) return calmMs >= FORGIVEN_MS ? { ...now, failures: 0 } : now;
  const isDue = calmMs >= calmNeeded(name, now, at) && at - now.changedAt >= pauseOf(now, at);
  return isDue ? raiseIfRoom(name, now, report) : now;
}

const roomOf = (name: keyof Ladder, report: LineReport) => (name === 'sound' ? undefined : report[name].room);

/** What was asked for has come, and it is too little; whatever the answer itself did to the line meanwhile. */
function isRoomless(name: keyof Ladder, { asksRoom }: Side, report: LineReport): boolean {
  const room = roomOf(name, report);
  return name !== 'sound' && asksRoom && room !== undefined && room < ROOM_BPS[name];
}

function raiseIfRoom(name: keyof Ladder, side: Side, report: LineReport): Side {
  const { at } = report;
  if (name === 'sound' || side.step < NO_CAMERAS[name] || side.innate >= TELLS_NOTHING)
    return raise(name, side, at);
  if (at < side.roomlessUntil) return side;
  const room = roomOf(name, report);
  if (room === undefined) return { ...side, asksRoom: true };
  return raise(name, { ...side, roomyUntil: room >= PLENTY_BPS ? at + PLENTY_MS : 0 }, at);
}

function evidenceAfter(side: Side, { verdict, deepest }: Evidence, at: number): number {
  // What is on trial is taken back at the first sign: the line was well without it.
  if (side.triedAt !== undefined && WEIGHT[verdict] >= WEIGHT.trouble) return ENOUGH;
  if (at - side.changedAt < SETTLE_MS && side.changedAt > 0) return 0;
  const weight = verdict === 'soft' && side.step >= deepest ? 0 : WEIGHT[verdict];
  return Math.min(ENOUGH, Math.max(0, side.evidence + weight));
}

/** One stop further, or in danger to where cameras are off; back to where it was, after giving back too much. */
function lower(name: keyof Ladder, side: Side, { verdict, deepest }: Evidence, at: number): Side {
  const next = STOPS[name].find((step) => step > side.step);
  const failed = side.triedAt !== undefined || at < side.roomyUntil;
  const wanted = verdict === 'danger' ? Math.max(next ?? 0, IN_DANGER[name]) : (next ?? side.step);
  const step = Math.min(wanted, Math.max(deepest, side.step)) as LineStep;
  if (step === side.step) return side;
  return {
    ...side,
    step,
    changedAt: at,
    evidence: 0,
    calmSince: undefined,
    triedAt: undefined,
    isRising: false,
    asksRoom: false,
    roomlessUntil: 0,
    roomyUntil: 0,
    failures: failed ? side.failures + 1 : side.failures,
  };
}

function raise(name: keyof Ladder, side: Side, at: number): Side {
  const step = STOPS[name].filter((one) => one < side.step).at(-1) ?? 0;
  const trial = at < side.roomyUntil ? { triedAt: undefined, isRising: true } : { triedAt: at };
  return {
    ...side,
    ...trial,
    step,
    changedAt: at,
    evidence: 0,
    calmSince: at,
    asksRoom: false,
    roomlessUntil: 0,
  };
}

const proven = (side: Side): Side => ({ ...side, triedAt: undefined, isRising: true });

/** Where there is plenty, nothing more has to be waited for than that what came back settles. */
const pauseOf = ({ roomyUntil }: Side, at: number) => (at < roomyUntil ? SETTLE_MS : NEXT_CALM_MS);

function calmNeeded(name: keyof Ladder, side: Side, at: number): number {
  const { failures, isRising, triedAt } = side;
  const base = name === 'sound' ? SOUND_CALM_MS : FIRST_CALM_MS;
  if (failures > 0 && !isRising) return Math.min(LONGEST_CALM_MS, FAILED_CALM_MS * 2 ** (failures - 1));
  // While nothing has failed, the next thing does not wait for the last one's trial to end.
  return isRising || (triedAt !== undefined && failures === 0) ? pauseOf(side, at) : base;
}

/** What is lost without pictures and without a queue is lost to the air: followed up and down. */
function innateAfter(name: keyof Ladder, side: Side, report: LineReport, { hasPictures }: Evidence): number {
  if (name === 'sound') return 0;
  const { loss } = report[name];
  if (loss === undefined || isQueued(report)) return side.innate;
  if (hasPictures && loss >= side.innate) return side.innate;
  return side.innate + 0.2 * (loss - side.innate);
}
