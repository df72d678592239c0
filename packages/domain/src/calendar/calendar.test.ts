import { OCCURRENCES_MAX } from '@relais/protocol/calendar-limits';
import type { Recurrence } from '@relais/protocol/calendar';
import { describe, expect, it } from 'vitest';
import { seeded } from '../breakout/seeded.ts';
import { instantOf, movedUp, movedWith, occurrencesOf, placeFor, reminderDue, wallTimeOf } from './index.ts';
import type { Asked } from './index.ts';

const TORONTO = 'America/Toronto';
const NOW = Date.parse('2026-01-05T12:00:00Z');
const HOUR = 3_600_000;
const wall = (date: string, time = '19:00', timeZone = TORONTO) => ({ date, time, timeZone });

function days(date: string, recurrence: Recurrence | null): string[] {
  const found = occurrencesOf(wall(date), recurrence, NOW);
  if (!found.ok) throw new Error(found.error.why);
  return found.value.map((at) => wallTimeOf(at, TORONTO).date);
}

describe('[CAL-2] a meeting that comes again', () => {
  it.each([
    ['in March, when clocks go forward', '2026-03-04', ['2026-03-05T00:00Z', '2026-03-11T23:00Z']],
    ['in November, when they go back', '2026-10-28', ['2026-10-28T23:00Z', '2026-11-05T00:00Z']],
  ])('stays at the same time on the wall %s', (_, date, expected) => {
    const found = occurrencesOf(wall(date), { every: 'week', count: 2 }, NOW);
    expect(found).toEqual({ ok: true, value: expected.map((at) => Date.parse(at)) });
  });

  it('is an hour later where that time is left out, and the first of the two where it comes twice', () => {
    expect(instantOf(wall('2026-03-08', '02:30'))).toBe(Date.parse('2026-03-08T07:30Z'));
    expect(instantOf(wall('2026-11-01', '01:30'))).toBe(Date.parse('2026-11-01T05:30Z'));
  });

  it('comes every week, every two weeks, and until a day, that one too', () => {
    expect(days('2026-01-06', { every: 'week', until: '2026-01-20' })).toEqual([
      '2026-01-06',
      '2026-01-13',
      '2026-01-20',
    ]);
    expect(days('2026-01-06', { every: 'twoWeeks', count: 3 })).toEqual([
      '2026-01-06',
      '2026-01-20',
      '2026-02-03',
    ]);
  });

  it('comes by the day of the month, and passes over months that have none', () => {
    expect(days('2026-01-31', { every: 'monthByDay', until: '2026-06-30' })).toEqual([
      '2026-01-31',
      '2026-03-31',
      '2026-05-31',
    ]);
  });

  it('comes by the weekday of the month, and passes over months without a fifth', () => {
    expect(days('2026-01-13', { every: 'monthByWeekday', count: 3 })).toEqual([
      '2026-01-13',
      '2026-02-10',
      '2026-03-10',
    ]);
    expect(days('2026-01-29', { every: 'monthByWeekday', count: 3 })).toEqual([
      '2026-01-29',
      '2026-04-30',
      '2026-07-30',
    ]);
  });

  it('is refused in the past, too far ahead, too often, and when it does not come again', () => {
    const why = (date: string, recurrence: Recurrence | null) => {
      const found = occurrencesOf(wall(date), recurrence, NOW);
      return found.ok ? undefined : found.error.why;
    };
    expect(why('2026-01-04', null)).toBe('past');
    expect(why('2029-01-04', null)).toBe('tooFar');
    expect(why('2026-01-06', { every: 'week', until: '2028-01-04' })).toBe('tooMany');
    expect(why('2026-01-06', { every: 'monthByDay', count: OCCURRENCES_MAX })).toBe('tooFar');
    expect(why('2026-01-06', { every: 'week', until: '2026-01-07' })).toBe('once');
  });

  it('[CAL-6] those that follow a moved one go by as many days, to the same time on the wall, over changes of clocks', () => {
    const from = wall('2026-03-04');
    const to = wall('2026-03-05', '18:30');
    expect(movedWith(instantOf(wall('2026-03-11')), from, to)).toBe(instantOf(wall('2026-03-12', '18:30')));
  });

  it('whatever the rule: in order, bounded, at the same time on the wall but where clocks leave it out', () => {
    const every = ['week', 'twoWeeks', 'monthByDay', 'monthByWeekday'] as const;
    const zones = [TORONTO, 'Europe/Paris', 'America/St_Johns', 'UTC', 'Australia/Lord_Howe'];
    for (let seed = 1; seed <= 400; seed++) {
      const draw = seeded(seed);
      const below = (most: number) => Math.floor(draw() * most);
      const at = NOW + (1 + below(300)) * 24 * HOUR + below(24 * 60) * 60_000;
      const first = wallTimeOf(at, zones[below(zones.length)]!);
      const count = 2 + below(15);
      const found = occurrencesOf(first, { every: every[below(4)]!, count }, NOW);
      if (!found.ok) {
        expect(['tooFar', 'past'], `seed ${seed}`).toContain(found.error.why);
        continue;
      }
      expect(found.value.length, `seed ${seed}`).toBe(count);
      expect(found.value, `seed ${seed}`).toEqual(found.value.toSorted((a, b) => a - b));
      const times = new Set(found.value.map((each) => wallTimeOf(each, first.timeZone).time));
      const other = [...times].filter((time) => time !== first.time);
      // At night, where clocks go forward, that time may not be there.
      if (other.length > 0) expect(Number(first.time.slice(0, 2)), `seed ${seed}`).toBeLessThan(4);
    }
  });
});

describe('[CAL-4] places', () => {
  const asked = (id: string, state: Asked['state'], at: number) => ({ id, state, at });

  it('are given while there are some, and nobody passes who waits', () => {
    expect(placeFor([], 1)).toBe('confirmed');
    expect(placeFor([asked('a', 'confirmed', 1)], 1)).toBe('waiting');
    expect(placeFor([asked('a', 'waiting', 1)], 3)).toBe('waiting');
    expect(placeFor([asked('a', 'confirmed', 1)], null)).toBe('confirmed');
  });

  it('that become free go to who waits longest; fewer places take nobody’s away', () => {
    const all = [asked('a', 'confirmed', 1), asked('c', 'waiting', 3), asked('b', 'waiting', 2)];
    expect(movedUp(all, 2)).toEqual(['b']);
    expect(movedUp(all, null)).toEqual(['b', 'c']);
    expect(movedUp(all, 0)).toEqual([]);
  });

  it('whatever comes and goes: never more than there are, in the order of asking, none free while somebody waits', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const draw = seeded(seed);
      const below = (most: number) => Math.floor(draw() * most);
      let capacity = 1 + below(5);
      let held: Asked[] = [];
      for (let step = 1; step <= 60; step++) {
        const what = below(4);
        if (what < 2) held.push({ id: `${step}`, state: placeFor(held, capacity), at: step });
        else if (what === 2 && held.length > 0) held.splice(below(held.length), 1);
        else capacity += below(2);
        const up = movedUp(held, capacity);
        held = held.map((one) => (up.includes(one.id) ? { ...one, state: 'confirmed' } : one));
        const inside = held.filter(({ state }) => state === 'confirmed');
        const outside = held.filter(({ state }) => state === 'waiting');
        expect(inside.length, `seed ${seed}`).toBeLessThanOrEqual(capacity);
        if (outside.length > 0) {
          expect(inside.length, `seed ${seed}`).toBe(capacity);
          expect(Math.max(...inside.map(({ at }) => at)), `seed ${seed}`).toBeLessThan(
            Math.min(...outside.map(({ at }) => at)),
          );
        }
      }
    }
  });
});

describe('[CAL-5] reminders', () => {
  const startsAt = NOW + 100 * HOUR;
  const both = { day: true, hour: true };
  const none = { day: null, hour: null };
  const due = (
    hoursBefore: number,
    wanted = both,
    reminded: { day: number | null; hour: number | null } = none,
  ) => reminderDue({ startsAt, since: NOW, now: startsAt - hoursBefore * HOUR }, wanted, reminded);

  it('come a day and an hour before, once each, as the person sets', () => {
    expect([30, 24, 2, 1, 0.5, 0].map((hours) => due(hours))).toEqual([
      undefined,
      'day',
      'day',
      'hour',
      'hour',
      undefined,
    ]);
    expect(due(20, both, { day: startsAt, hour: null })).toBeUndefined();
    expect(due(0.5, both, { day: startsAt, hour: startsAt })).toBeUndefined();
    expect(due(20, { day: false, hour: true })).toBeUndefined();
    expect(due(0.5, { day: true, hour: false })).toBeUndefined();
  });

  it('come anew for a meeting that was moved, and not right after registering', () => {
    expect(due(20, both, { day: startsAt - HOUR, hour: null })).toBe('day');
    expect(
      reminderDue({ startsAt, since: startsAt - 3 * HOUR, now: startsAt - 2 * HOUR }, both, none),
    ).toBeUndefined();
    expect(reminderDue({ startsAt, since: startsAt - 3 * HOUR, now: startsAt - HOUR / 2 }, both, none)).toBe(
      'hour',
    );
  });
});
