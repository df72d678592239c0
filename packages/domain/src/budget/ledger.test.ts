import { describe, expect, it } from 'vitest';
import { EMPTY_LEDGER, spend, sumOf, usedOf } from './ledger.ts';

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 10, 22, 12);
const moment = (at: number, code = 'abc-defg-hjk') => ({
  at,
  day: new Date(at).toISOString().slice(0, 10),
  code,
});
const bytes = (up: number, down: number) => ({ up, down });

describe('what is kept of what was used [DATA-3]', () => {
  it('is by meeting, by day and by month', () => {
    let kept = spend(EMPTY_LEDGER, bytes(1, 10), moment(NOON - 20 * 24 * HOUR));
    kept = spend(kept, bytes(2, 20), moment(NOON - 30 * 24 * HOUR));
    kept = spend(kept, bytes(3, 30), moment(NOON, 'other-code'));
    kept = spend(kept, bytes(4, 40), moment(NOON));
    expect(usedOf(kept, moment(NOON))).toEqual({
      meeting: bytes(4, 40),
      since: NOON,
      today: 77,
      month: 88,
    });
  });

  it('counts pages apart and sums them: two tabs of one meeting, and one that is reloaded', () => {
    const first = spend(EMPTY_LEDGER, bytes(1, 10), moment(NOON));
    const second = spend(EMPTY_LEDGER, bytes(2, 20), moment(NOON + 1000));
    const third = spend(EMPTY_LEDGER, bytes(3, 30), moment(NOON + HOUR, 'other-code'));
    const sum = sumOf([first, second, third]);
    expect(usedOf(sum, moment(NOON + HOUR))).toEqual({
      meeting: bytes(3, 30),
      since: NOON,
      today: 66,
      month: 66,
    });
    expect(sumOf([sumOf([first, second]), third])).toEqual(sum);
    expect(sumOf([third, second, first])).toEqual(sum);
  });

  it('begins a meeting anew when the same link is used again another time', () => {
    const lastWeek = spend(EMPTY_LEDGER, bytes(1, 10), moment(NOON - 7 * 24 * HOUR));
    expect(usedOf(lastWeek, moment(NOON)).meeting).toEqual(bytes(0, 0));
    const now = spend(EMPTY_LEDGER, bytes(2, 20), moment(NOON));
    expect(usedOf(sumOf([lastWeek, now]), moment(NOON)).meeting).toEqual(bytes(2, 20));
    expect(usedOf(spend(lastWeek, bytes(2, 20), moment(NOON)), moment(NOON)).meeting).toEqual(bytes(2, 20));
  });

  it('is one meeting for as long as it goes on, past midnight and past many hours', () => {
    let kept = EMPTY_LEDGER;
    for (let hour = 0; hour < 20; hour += 1) kept = spend(kept, bytes(1, 1), moment(NOON + hour * HOUR));
    expect(usedOf(kept, moment(NOON + 20 * HOUR))).toEqual({
      meeting: bytes(20, 20),
      since: NOON,
      today: 16,
      month: 40,
    });
  });

  it('keeps two months at most, and meetings of a day', () => {
    let kept = EMPTY_LEDGER;
    for (let day = 0; day < 200; day += 1)
      kept = spend(kept, bytes(1, 1), moment(NOON + day * 24 * HOUR, `meeting-${day}`));
    expect(Object.keys(kept.days)).toHaveLength(62);
    expect(Object.keys(kept.meetings)).toHaveLength(1);
  });
});
