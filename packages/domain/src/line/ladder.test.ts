import { describe, expect, it } from 'vitest';
import { freshLadder, ladderLimits, lineQuality } from './ladder-now.ts';
import { nextLadder, type Ladder } from './ladder.ts';
import { GIVEN_UP_ORDER, givenUp, type GivenUp } from './limits.ts';
import { imaginedReport, type ImaginedLine } from './simulated-line.ts';

const GOOD: ImaginedLine = { down: 10_000_000, up: 5_000_000 };
const THIN: ImaginedLine = { down: 64_000, up: 64_000 };

/** Chance from a seed, so that a failing line can be looked at again. */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

interface Second {
  at: number;
  ladder: Ladder;
  given: readonly GivenUp[];
}

/** Second by second on lines that come one after another. */
function live(
  lines: readonly { line: ImaginedLine; seconds: number }[],
  { seed = 1, ladder = freshLadder() } = {},
): Second[] {
  const chance = chanceFrom(seed);
  const seconds: Second[] = [];
  let now = ladder;
  let at = 1000;
  for (const { line, seconds: count } of lines)
    for (let second = 0; second < count; second += 1, at += 1000) {
      now = nextLadder(now, imaginedReport(now, line, at, chance));
      seconds.push({ at, ladder: now, given: givenUp(ladderLimits(now)) });
    }
  return seconds;
}

const shown = ({ given }: Second) => given;
const lastOf = (seconds: readonly Second[]): Second => {
  const last = seconds.at(-1);
  if (!last) throw new Error('no seconds');
  return last;
};

/** When what is given up became another, in milliseconds. */
function changesOf(seconds: readonly Second[]): number[] {
  return seconds.flatMap((second, index) => {
    const before = seconds[index - 1];
    return before && shown(before).join() !== shown(second).join() ? [second.at] : [];
  });
}

/** When that thing was given up, in milliseconds. */
function lossesOf(seconds: readonly Second[], thing: GivenUp): number[] {
  const has = (second: Second) => shown(second).some((one) => one === thing);
  return seconds.flatMap((second, index) => {
    const before = seconds[index - 1];
    return before && !has(before) && has(second) ? [second.at] : [];
  });
}

/** The most in any minute. */
const mostInAMinute = (times: readonly number[]) =>
  Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + 60_000).length));

describe('what is given up for a thin line', () => {
  it('is nothing on a good one, however long', () => {
    const seconds = live([{ line: GOOD, seconds: 600 }]);
    expect(seconds.every((second) => shown(second).length === 0)).toBe(true);
    expect(seconds.every(({ ladder }) => lineQuality(ladder) === 'good')).toBe(true);
  });

  it('is nothing on a satellite, whose round trips are long and not the line’s fault [LINE-5]', () => {
    const seconds = live([{ line: { ...GOOD, roundTripMs: 650 }, seconds: 120 }]);
    expect(changesOf(seconds)).toEqual([]);
  });

  it('is nothing where the air takes one packet in ten and no queue grows: pictures are not to blame [LINE-5]', () => {
    const seconds = live([{ line: { ...GOOD, loss: 0.1 }, seconds: 300 }]);
    expect(changesOf(seconds)).toEqual([]);
  });

  it('comes back where the air takes three in ten whether pictures come or not [LINE-5]', () => {
    const seconds = live([{ line: { ...GOOD, loss: 0.3 }, seconds: 300 }]);
    expect(shown(lastOf(seconds))).toEqual([]);
    expect(changesOf(seconds).length).toBeLessThanOrEqual(12);
  });

  it('at 64 kbit/s both ways is all cameras within five seconds, in one order [LINE-1, LINE-5]', () => {
    const seconds = live([{ line: THIN, seconds: 5 }]);
    expect(shown(lastOf(seconds))).toEqual(['thumbnails', 'sharpness', 'otherCameras', 'ownCamera']);
    expect(lineQuality(lastOf(seconds).ladder)).not.toBe('good');
  });

  it('is all back within 40 seconds of a good line after a short bad time', () => {
    const seconds = live([
      { line: THIN, seconds: 10 },
      { line: GOOD, seconds: 40 },
    ]);
    expect(shown(lastOf(seconds))).toEqual([]);
  });

  it('is all back within 35 seconds of a good line after ten minutes at 64 kbit/s, whenever it was last asked [LINE-5]', () => {
    for (let seconds = 600; seconds < 620; seconds += 1) {
      const lines = [
        { line: THIN, seconds },
        { line: GOOD, seconds: 35 },
      ];
      expect(shown(lastOf(live(lines))), `after ${seconds} s`).toEqual([]);
    }
  });

  it('is one’s own camera alone when only what goes up is thin [LINE-9]', () => {
    const seconds = live([{ line: { down: 10_000_000, up: 64_000 }, seconds: 6 }]);
    expect(ladderLimits(lastOf(seconds).ladder)).toMatchObject({
      ownCamera: false,
      otherCameras: true,
      thumbnails: 'live',
      topLayer: 1,
    });
  });

  it('takes one’s own camera too, at the first look, where sound is drowned and nothing tells of the way up [LINE-9]', () => {
    const before = freshLadder();
    const told = imaginedReport(before, THIN, 2000, chanceFrom(1));
    const drowned = (upLoss: number | undefined, loss: number) => ({
      ...told,
      queueMs: 0,
      down: { ...told.down, loss, concealed: 0.5 },
      up: { ...told.up, loss: upLoss, estimate: 1_400_000, picture: 300_000 },
    });
    const up = (report: ReturnType<typeof drowned>) => nextLadder(before, report).up.step;
    expect(up(drowned(undefined, 0.8))).toBe(4);
    expect(nextLadder(before, drowned(undefined, 0.8)).down.step).toBe(3);
    expect([up(drowned(0, 0.8)), up(drowned(undefined, 0.4))]).toEqual([0, 0]);
  });

  it('leaves one’s own camera when only what comes down is thin [LINE-9]', () => {
    const seconds = live([{ line: { down: 64_000, up: 5_000_000 }, seconds: 6 }]);
    expect(ladderLimits(lastOf(seconds).ladder)).toMatchObject({ ownCamera: true, otherCameras: false });
  });

  it('makes sound frugal although there is no picture to give up [LINE-8]', () => {
    const lines: ImaginedLine = { down: 50_000, up: 50_000 };
    let ladder = freshLadder();
    const chance = chanceFrom(5);
    for (let at = 1000; at < 10_000; at += 1000) {
      const report = imaginedReport(ladder, lines, at, chance);
      const full = { sound: 60_000, picture: 0, loss: 0.17 };
      ladder = nextLadder(ladder, {
        ...report,
        queueMs: 700,
        down: { ...report.down, ...full, concealed: 0.1, open: 0, moving: 0 },
        up: { ...report.up, ...full },
      });
    }
    expect(givenUp(ladderLimits(ladder))).toEqual([]);
    expect(lineQuality(ladder)).not.toBe('good');
  });

  it('makes sound frugal on a line that was full before anybody looked, so that no queue is known of it [LINE-8]', () => {
    let ladder = freshLadder();
    for (let at = 1000; at < 8000; at += 1000) {
      const report = imaginedReport(ladder, THIN, at, () => 0.5);
      const full = { sound: 30_000, picture: 0, loss: 0.5 };
      ladder = nextLadder(ladder, {
        ...report,
        roundTripMs: 580,
        queueMs: 5,
        down: { ...report.down, ...full, concealed: 0.3, open: 0, moving: 0 },
        up: { ...report.up, loss: 0 },
      });
    }
    expect(ladder.sound.step).toBe(1);
  });

  it.each([
    ['both ways', { down: 290_000, up: 210_000 }],
    ['down', { down: 290_000, up: 5_000_000 }],
    ['up', { down: 10_000_000, up: 200_000 }],
  ])(
    'tries ever more rarely to give back on a line that has room for one picture and no more, %s [LINE-5]',
    (_, line) => {
      const seconds = live([
        { line: THIN, seconds: 5 },
        { line, seconds: 1200 },
      ]);
      const tries = changesOf(seconds);
      const firstHalf = tries.filter((at) => at < 600_000).length;
      const secondHalf = tries.length - firstHalf;
      expect(secondHalf).toBeLessThan(firstHalf);
      expect(mostInAMinute(tries.filter((at) => at > 600_000))).toBeLessThanOrEqual(4);
    },
  );

  it('begins with cameras off on a line that was thin the last time, and finds out that it is good now [LINE-6]', () => {
    const ladder = freshLadder({ thinDown: true, thinUp: true });
    expect(ladderLimits(ladder)).toMatchObject({ ownCamera: false, otherCameras: false, screen: 'video' });
    expect(shown(lastOf(live([{ line: GOOD, seconds: 60 }], { ladder })))).toEqual([]);
  });
});

describe('on a hundred lines of chance', () => {
  const seeds = Array.from({ length: 100 }, (_, index) => index + 1);
  const lines = seeds.map((seed) => {
    const chance = chanceFrom(seed * 7919);
    const some = Array.from({ length: 6 }, () => ({
      line: {
        down: 30_000 * 2 ** (9 * chance()),
        up: 30_000 * 2 ** (8 * chance()),
        loss: chance() < 0.3 ? 0.3 * chance() : 0,
        roundTripMs: 20 + 600 * chance() ** 3,
      },
      seconds: Math.ceil(10 + 90 * chance()),
    }));
    return { seed, seconds: live([...some, { line: GOOD, seconds: 400 }], { seed }) };
  });

  it('nothing flaps: no thing is given up more than four times in any minute, nor more than twelve changes seen [LINE-5]', () => {
    for (const { seed, seconds } of lines) {
      expect(mostInAMinute(changesOf(seconds)), `seed ${seed}`).toBeLessThanOrEqual(12);
      for (const thing of GIVEN_UP_ORDER)
        expect(mostInAMinute(lossesOf(seconds, thing)), `seed ${seed}, ${thing}`).toBeLessThanOrEqual(4);
    }
  });

  it('a good line ends with nothing given up [LINE-5]', () => {
    for (const { seed, seconds } of lines) expect(shown(lastOf(seconds)), `seed ${seed}`).toEqual([]);
  });

  it('what is received is given up in the one order, and what is shown too [LINE-1, LINE-9]', () => {
    const received = [1, 2, 3, 5, 6].map((step) => GIVEN_UP_ORDER[step]);
    const wrong = lines.flatMap(({ seed, seconds }) =>
      seconds.filter((second) => {
        const now = shown(second).map((one) => GIVEN_UP_ORDER.indexOf(one));
        const isSorted = now.every((place, index) => index === 0 || place > (now[index - 1] ?? 0));
        const limits = ladderLimits({ ...second.ladder, up: freshLadder().up });
        const down = givenUp(limits).filter((one) => one !== 'ownCamera');
        return !isSorted || down.join() !== received.slice(0, down.length).join() ? [seed] : false;
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('one’s own camera does not go before those of others when both ways are full at once [LINE-9]', () => {
    for (const seed of seeds.slice(0, 50)) {
      const chance = chanceFrom(seed);
      const line = { down: 40_000 + 60_000 * chance(), up: 40_000 + 60_000 * chance() };
      const order = live([{ line, seconds: 30 }], { seed }).map(shown);
      const first = (thing: string) => order.findIndex((now) => now.some((one) => one === thing));
      expect(first('otherCameras'), `seed ${seed}`).toBeLessThanOrEqual(first('ownCamera'));
    }
  });
});

describe('before cameras are tried again', () => {
  const thin = freshLadder({ thinDown: true });
  const calm = (ladder: Ladder, at: number, room?: number): Ladder => {
    const report = imaginedReport(ladder, GOOD, at, () => 0.5);
    return nextLadder(ladder, { ...report, down: { ...report.down, open: 0, moving: 0, room } });
  };
  const untilAsked = (ladder: Ladder, from: number): { ladder: Ladder; at: number } => {
    for (let [now, at] = [ladder, from]; at < from + 120_000; at += 1000) {
      now = calm(now, at);
      if (now.down.asksRoom) return { ladder: now, at };
    }
    throw new Error('room is never asked for');
  };

  it('a few kilobytes tell whether there is room; without it nothing is tried, and it is asked again a little later [LINE-5]', () => {
    const first = untilAsked(thin, 1000);
    const refused = calm(first.ladder, first.at + 1000, 60_000);
    expect(refused.down).toMatchObject({ step: 3, asksRoom: false, failures: 0 });
    const second = untilAsked(refused, first.at + 2000);
    expect(second.at - first.at).toBeGreaterThanOrEqual(16_000);
    expect(second.at - first.at).toBeLessThan(20_000);
    expect(calm(second.ladder, second.at + 1000, 2_000_000).down).toMatchObject({ step: 2, asksRoom: false });
  });

  it('the answer counts although it filled the line itself, and is not asked for again at once [LINE-5]', () => {
    const { ladder, at } = untilAsked(thin, 1000);
    const report = imaginedReport(ladder, GOOD, at + 1000, () => 0.5);
    const full = { ...report, queueMs: 600, roundTripMs: 640 };
    const refused = nextLadder(ladder, { ...full, down: { ...full.down, open: 0, moving: 0, room: 52_000 } });
    expect(refused.down).toMatchObject({ step: 3, asksRoom: false });
    expect(untilAsked(refused, at + 2000).at - at).toBeGreaterThanOrEqual(16_000);
  });

  it('nothing is ever tried on 64 kbit/s, neither way, and little is spent on asking [LINE-5]', () => {
    const seconds = live([{ line: THIN, seconds: 1200 }]).slice(10);
    expect(changesOf(seconds)).toEqual([]);
    for (const way of ['down', 'up'] as const) {
      const asked = seconds.filter(({ ladder }) => ladder[way].asksRoom).length;
      expect(asked).toBeGreaterThan(10);
      expect(asked).toBeLessThanOrEqual(1200 / 16);
    }
  });

  it('a line that lets a few kilobytes pass faster than all that follows is tried ever more rarely [LINE-5]', () => {
    const chance = chanceFrom(3);
    const lowered: number[] = [];
    let ladder = freshLadder({ thinDown: true, thinUp: true });
    for (let at = 1000; at < 1_200_000; at += 1000) {
      const { down, up, ...report } = imaginedReport(ladder, { down: 120_000, up: 120_000 }, at, chance);
      const room = { down: ladder.down.asksRoom ? 5e6 : undefined, up: ladder.up.asksRoom ? 5e6 : undefined };
      const next = nextLadder(ladder, {
        ...report,
        down: { ...down, room: room.down },
        up: { ...up, room: room.up },
      });
      if (next.down.step > ladder.down.step || next.up.step > ladder.up.step) lowered.push(at);
      ladder = next;
    }
    expect(lowered.filter((at) => at < 600_000).length).toBeLessThanOrEqual(20);
    expect(lowered.filter((at) => at >= 600_000).length).toBeLessThanOrEqual(12);
  });

  it('others’ come back on a line that has room down and none up: nobody waits for one’s own [LINE-9]', () => {
    const seconds = live([
      { line: THIN, seconds: 10 },
      { line: { down: 10_000_000, up: 64_000 }, seconds: 60 },
    ]);
    expect(shown(lastOf(seconds))).not.toContain('otherCameras');
    expect(shown(lastOf(seconds))).toContain('ownCamera');
  });
});
