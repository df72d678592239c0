import { LIGHT_MODE_STEP, type LineStep } from '../line/limits.ts';

/** What a person allows: for each meeting, or for all of a month on this device. Bytes. */
export interface DataCap {
  of: 'meeting' | 'month';
  bytes: number;
}

/** What is said of the cap, each once for as long as it stays the same [DATA-5]. */
export const BUDGET_SAYINGS = ['spread', 'near', 'light', 'reached', 'back'] as const;
export type BudgetSaying = (typeof BUDGET_SAYINGS)[number];

export interface Budget {
  /** What the cap asks for now. */
  step: LineStep;
  /** When it last changed, and when it last gave something back, in milliseconds. */
  changedAt: number;
  raisedAt: number;
  /** Times in a row that something was given back too soon. */
  failures: number;
  said: readonly BudgetSaying[];
  /** For which cap all this holds. */
  cap: DataCap | undefined;
}

export const NO_BUDGET: Budget = {
  step: 0,
  changedAt: Number.NEGATIVE_INFINITY,
  raisedAt: Number.NEGATIVE_INFINITY,
  failures: 0,
  said: [],
  cap: undefined,
};

export interface BudgetSight {
  /** Milliseconds of a clock that only goes forward, and how long one has been in the meeting. */
  at: number;
  elapsedMs: number;
  /** Bytes that count towards the cap. */
  used: number;
  cap: DataCap | undefined;
  /** Bytes in an hour at each step: no step costs more than the ones before it. */
  costOf: (step: LineStep) => number;
  /** What is given up by choice: what does not go beyond it is not spoken of. */
  chosen: LineStep;
}

const HOUR_MS = 3_600_000;
/** A meeting is taken to last an hour; one that lasts longer, always half an hour more. */
const USUAL_MS = HOUR_MS;
const ALWAYS_MS = HOUR_MS / 2;

/** From these shares of the cap on, at least so much is given up, however cheap it looks. */
const NEAR = 0.8;
const FLOORS: readonly [share: number, step: LineStep][] = [
  [1, 6],
  [0.95, LIGHT_MODE_STEP],
  [0.9, 3],
  [NEAR, 2],
];

/** Something is given back when a quarter of what remains would be left over. */
const ROOM = 0.75;
/** And not sooner than this after the last change; twice as long each time that it was too soon, up to the longest. */
const PATIENCE_MS = 60_000;
const LONGEST_MS = 16 * PATIENCE_MS;
/** Taken away again within this time, it was given back too soon. */
const TRIAL_MS = 10 * 60_000;

/**
 * [DATA-4] What the cap asks for, so that what remains of it lasts: the first step in the one order at which it does. Down at
 * once, up one step at a time and ever more patiently. Spreading asks for light mode at most; sound alone only when the cap is
 * used up, and sound is never asked for. With another cap, or none, all begins anew. Pure.
 */
export function nextBudget(
  before: Budget,
  sight: BudgetSight,
): { budget: Budget; say: BudgetSaying | undefined } {
  const { cap } = sight;
  if (!cap) return { budget: NO_BUDGET, say: before.step > sight.chosen ? 'back' : undefined };
  if (!isSameCap(before.cap, cap)) return withNewCap(before, { ...sight, cap });
  return told(before, stepped(before, { ...sight, cap }), { ...sight, cap });
}

type Capped = BudgetSight & { cap: DataCap };

const isSameCap = (a: DataCap | undefined, b: DataCap) => a?.of === b.of && a.bytes === b.bytes;

/** Whatever was asked for until now is owed to another cap: what this one has room for comes back at once. */
function withNewCap(before: Budget, sight: Capped): { budget: Budget; say: BudgetSaying | undefined } {
  const { cap, at } = sight;
  const fresh: Budget = { ...NO_BUDGET, cap, step: wantedStep(sight, 1), changedAt: at };
  const isBack = before.step > Math.max(fresh.step, sight.chosen);
  const { budget, say } = told(NO_BUDGET, fresh, sight);
  return { budget, say: isBack ? 'back' : say };
}

function stepped(before: Budget, sight: Capped): Budget {
  const { at } = sight;
  const needed = wantedStep(sight, 1);
  if (needed > before.step) {
    const failed = at - before.raisedAt < TRIAL_MS;
    return {
      ...before,
      step: needed,
      changedAt: at,
      failures: failed ? before.failures + 1 : before.failures,
    };
  }
  const patience = Math.min(LONGEST_MS, PATIENCE_MS * 2 ** before.failures);
  const mayRise = wantedStep(sight, ROOM) < before.step && at - before.changedAt >= patience;
  if (!mayRise) return before;
  return { ...before, step: (before.step - 1) as LineStep, changedAt: at, raisedAt: at };
}

/** The first step at which `share` of what remains lasts as long as is needed. */
function wantedStep({ used, cap, elapsedMs, costOf }: Capped, share: number): LineStep {
  const hours = Math.max(ALWAYS_MS, USUAL_MS - elapsedMs) / HOUR_MS;
  const room = (share * Math.max(0, cap.bytes - used)) / hours;
  let paced: LineStep = 0;
  while (paced < LIGHT_MODE_STEP && costOf(paced) > room) paced = (paced + 1) as LineStep;
  const floor = floorOf(used, cap);
  return floor > paced ? floor : paced;
}

function floorOf(used: number, { bytes }: DataCap): LineStep {
  const spent = bytes > 0 ? used / bytes : 1;
  return FLOORS.find(([share]) => spent >= share)?.[1] ?? 0;
}

/** The furthest thing that is news; what it stands for need not be said any more. */
function told(before: Budget, budget: Budget, { used, cap, chosen }: Capped) {
  const isNews = budget.step > Math.max(before.step, chosen);
  const due: BudgetSaying[] = [];
  if (isNews) due.push('spread');
  if (cap.bytes > 0 && used >= NEAR * cap.bytes) due.push('near');
  if (isNews && budget.step >= LIGHT_MODE_STEP) due.push('light');
  if (used >= cap.bytes) due.push('reached');
  const news = due.filter((one) => !before.said.includes(one));
  return { budget: { ...budget, said: [...before.said, ...news] }, say: news.at(-1) };
}
