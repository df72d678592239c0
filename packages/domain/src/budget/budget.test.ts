import { describe, expect, it } from 'vitest';
import type { LineStep } from '../line/limits.ts';
import { nextBudget, NO_BUDGET, type Budget, type BudgetSaying, type DataCap } from './budget.ts';
import { hourlyCost, type Company } from './cost.ts';
import { allBytes } from './traffic.ts';

const MB = 1_000_000;
const MINUTE = 60_000;
const SIX: Company = { people: 6, large: 5, small: 0, screen: true, ownCamera: true };
const costOf = (step: LineStep) => allBytes(hourlyCost(step, SIX));
const cap = (megabytes: number, of: DataCap['of'] = 'meeting'): DataCap => ({ of, bytes: megabytes * MB });

interface Second {
  at: number;
  used: number;
  step: LineStep;
  say: BudgetSaying | undefined;
}

/** A meeting of so many minutes, looked at every two seconds; `real`: what it takes, as a share of what was estimated. */
function meeting(options: {
  minutes: number;
  capAt: (minute: number) => DataCap | undefined;
  real?: (minute: number) => number;
  companyAt?: (minute: number) => Company;
  chosen?: LineStep;
}): Second[] {
  const { minutes, capAt, real = () => 1, companyAt = () => SIX, chosen = 0 } = options;
  const seconds: Second[] = [];
  let budget: Budget = NO_BUDGET;
  let used = 0;
  for (let at = 0; at < minutes * MINUTE; at += 2000) {
    const minute = at / MINUTE;
    const cost = (step: LineStep) => allBytes(hourlyCost(step, companyAt(minute)));
    const strict = Math.max(budget.step, chosen) as LineStep;
    used += (cost(strict) * real(minute) * 2) / 3600;
    const next = nextBudget(budget, {
      at,
      elapsedMs: at,
      used,
      cap: capAt(minute),
      costOf: cost,
      chosen,
    });
    budget = next.budget;
    seconds.push({ at, used, step: budget.step, say: next.say });
  }
  return seconds;
}

const sayingsOf = (seconds: readonly Second[]) => seconds.flatMap(({ say }) => say ?? []);
const changes = (seconds: readonly Second[]) =>
  seconds.slice(1).flatMap(({ step, at }, i) => {
    const before = seconds[i]?.step ?? 0;
    return step === before ? [] : [{ at, by: step - before }];
  });

describe('a cap on data [DATA-4] [DATA-5]', () => {
  it('asks for nothing when there is none, or when everything fits', () => {
    for (const one of [undefined, cap(5000)]) {
      const seconds = meeting({ minutes: 60, capAt: () => one });
      expect(new Set(seconds.map(({ step }) => step))).toEqual(new Set([0]));
      expect(sayingsOf(seconds)).toEqual([]);
    }
  });

  it('is spread over an hour: with 100 MB there is not everything for minutes and then sound for the rest', () => {
    const companyAt = () => ({ ...SIX, screen: false });
    const seconds = meeting({ minutes: 60, capAt: () => cap(100), companyAt });
    expect(seconds[0]?.step).toBeGreaterThanOrEqual(2);
    expect(seconds[0]?.say).toBe('spread');
    expect(Math.max(...seconds.slice(0, -1).map(({ step }) => step))).toBeLessThanOrEqual(5);
    expect(seconds.at(-1)?.used).toBeLessThanOrEqual(100 * MB);
    expect(seconds.at(-1)?.used).toBeGreaterThan(40 * MB);
  });

  it('is warned of at 80 %, steps down as it nears, and leaves sound alone when it is used up; each is said once', () => {
    // More is used than was estimated, and a long meeting.
    const seconds = meeting({ minutes: 400, capAt: () => cap(60), real: () => 2.5 });
    expect(sayingsOf(seconds)).toEqual(expect.arrayContaining(['near', 'reached']));
    expect(new Set(sayingsOf(seconds)).size).toBe(sayingsOf(seconds).length);
    const near = seconds.find(({ say }) => say === 'near');
    expect((near?.used ?? 0) / (60 * MB)).toBeCloseTo(0.8, 1);
    for (const { used, step } of seconds) {
      if (used >= 60 * MB) expect(step).toBe(6);
      else expect(step).toBeLessThanOrEqual(5);
      if (used >= 57 * MB) expect(step).toBeGreaterThanOrEqual(5);
      if (used >= 48 * MB) expect(step).toBeGreaterThanOrEqual(2);
    }
  });

  it('says nothing of steps that the person has chosen anyway, but warns all the same', () => {
    const seconds = meeting({ minutes: 300, capAt: () => cap(60), chosen: 5 });
    expect(sayingsOf(seconds)).toEqual(['near', 'reached']);
  });

  it('gives back at once what a higher cap has room for, and everything when it is lifted', () => {
    const raised = meeting({ minutes: 30, capAt: (minute) => cap(minute < 20 ? 20 : 5000) });
    expect(raised.find(({ at }) => at === 20 * MINUTE - 2000)?.step).toBe(5);
    expect(raised.find(({ at }) => at === 20 * MINUTE)).toMatchObject({ step: 0, say: 'back' });
    const lifted = meeting({ minutes: 30, capAt: (minute) => (minute < 20 ? cap(1) : undefined) });
    expect(lifted.find(({ at }) => at === 20 * MINUTE - 2000)?.step).toBe(6);
    expect(lifted.find(({ at }) => at === 20 * MINUTE)).toMatchObject({ step: 0, say: 'back' });
    expect(lifted.at(-1)?.step).toBe(0);
  });

  it('may be warned of again when it is another cap', () => {
    const seconds = meeting({ minutes: 200, capAt: (minute) => cap(minute < 100 ? 1 : 2) });
    expect(sayingsOf(seconds).filter((one) => one === 'reached')).toHaveLength(2);
  });

  it('a cap of nothing is used up from the beginning', () => {
    expect(meeting({ minutes: 1, capAt: () => cap(0) })[0]).toMatchObject({ step: 6, say: 'reached' });
  });
});

describe('a cap on data in two hundred meetings of chance', () => {
  const meetings = Array.from({ length: 200 }, (_, index) => {
    const chance = chanceFrom((index + 1) * 7919);
    const megabytes = 5 * 2 ** (10 * chance());
    const spans = Array.from({ length: 10 }, () => ({
      real: 0.2 + 1.6 * chance(),
      company: {
        people: 2 + Math.floor(20 * chance()),
        large: Math.floor(6 * chance()),
        small: Math.floor(9 * chance()),
        screen: chance() < 0.4,
        ownCamera: chance() < 0.7,
      },
    }));
    // Others come and go, their pictures with them, several times in a minute.
    const spanAt = (minute: number) => spans[Math.floor(minute * 4) % spans.length]!;
    const of = chance() < 0.5 ? ('meeting' as const) : ('month' as const);
    return {
      seed: index + 1,
      megabytes,
      seconds: meeting({
        minutes: 75,
        capAt: () => cap(megabytes, of),
        real: (minute) => spanAt(minute).real,
        companyAt: (minute) => spanAt(minute).company,
      }),
    };
  });

  it('the step never flaps: a minute at least before something comes back, and few times back and forth', () => {
    for (const { seed, seconds } of meetings) {
      const all = changes(seconds);
      const isHasty = ({ at, by }: (typeof all)[number], i: number) =>
        by < -1 || (by < 0 && at - (all[i - 1]?.at ?? Number.NEGATIVE_INFINITY) < MINUTE);
      expect(all.filter(isHasty), `seed ${seed}`).toEqual([]);
      const backAndForth = all.filter(({ by }, i) => by > 0 && (all[i - 1]?.by ?? 1) < 0);
      // Patience of 1, 2, 4, 8 and then 16 minutes: 63 of these 75 for seven times.
      expect(backAndForth.length, `seed ${seed}`).toBeLessThanOrEqual(7);
    }
  });

  it('sound alone is asked for only once the cap is used up, and light mode at most before', () => {
    for (const { seed, megabytes, seconds } of meetings) {
      const wrong = seconds.filter(({ used, step }) => (step === 6) !== used >= megabytes * MB);
      expect(wrong, `seed ${seed}`).toEqual([]);
    }
  });

  it('nothing is said twice', () => {
    for (const { seconds } of meetings)
      expect(new Set(sayingsOf(seconds)).size).toBe(sayingsOf(seconds).length);
  });

  it('pictures that the cap has no room for take little of it beyond: what light mode would have cost, and a tenth', () => {
    for (const { seed, megabytes, seconds } of meetings) {
      const light = 1.25 * 1.8 * costOf(5);
      const used = seconds.at(-1)?.used ?? 0;
      expect(used, `seed ${seed}`).toBeLessThanOrEqual(1.1 * megabytes * MB + light + 3 * MB);
    }
  });
});

/** Numbers from 0 to 1, the same for the same seed. */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
