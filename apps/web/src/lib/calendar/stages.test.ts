import { expect, it } from 'vitest';
import { isNear, stageOf } from './stages.ts';

const MINUTE = 60_000;
const MEETING = { startsAt: 1_000 * MINUTE, minutes: 60, isCancelled: false };

it('[CAL-10] a meeting’s page is before, soon, now and over, and not over while somebody is in it', () => {
  const stage = (at: number, present = 0, isCancelled = false) =>
    stageOf({ ...MEETING, isCancelled }, at * MINUTE, present);
  expect([984, 985, 1000, 1059, 1060].map((at) => stage(at))).toEqual([
    'before',
    'soon',
    'now',
    'now',
    'over',
  ]);
  expect([stage(1060, 3), stage(1239, 3), stage(1240, 3)]).toEqual(['now', 'now', 'over']);
  expect([stage(984, 0, true), stage(990, 0, true), stage(1010, 2, true)]).toEqual([
    'before',
    'before',
    'over',
  ]);
  expect([984, 985, 1239, 1240].map((at) => isNear(MEETING, at * MINUTE))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});
