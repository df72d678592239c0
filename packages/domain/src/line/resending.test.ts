import { describe, expect, it } from 'vitest';
import type { LineReport } from './line-report.ts';
import { NO_RESENDING, nextResending } from './resending.ts';

interface Second {
  loss?: number | undefined;
  queueMs?: number;
  roundTripMs?: number | undefined;
  isTripNew?: boolean;
}

const after = (seconds: readonly Second[], from = NO_RESENDING) =>
  seconds.reduce((resending, { loss, queueMs = 0, roundTripMs = 40, isTripNew = true }) => {
    const report = { roundTripMs, queueMs, isTripNew, down: { loss } } as unknown as LineReport;
    return nextResending(resending, report);
  }, from);
const times = (count: number, second: Second) => Array<Second>(count).fill(second);
const ON = { ...NO_RESENDING, isOn: true };

describe('[LINE-11] lost sound is asked for again', () => {
  it('after some seconds of loss on a line that is not full; silence among them neither helps nor hinders', () => {
    expect(after(times(4, { loss: 0.3 })).isOn).toBe(false);
    expect(after(times(5, { loss: 0.3 })).isOn).toBe(true);
    expect(
      after([...times(3, { loss: 0.1 }), ...times(9, { loss: undefined }), ...times(2, { loss: 0.1 })]).isOn,
    ).toBe(true);
  });

  it('where loss comes in bursts as well, with seconds between them in which nothing is lost', () => {
    // As measured on a hall's Wi-Fi that loses a tenth.
    const hall = [0.05, 0.27, 0.11, 0.2, 0.06, 0, 0.13, 0.12].map((loss) => ({ loss }));
    expect(after(hall.slice(0, 5)).isOn).toBe(true);
    const rare = [0, 0.12, 0, 0, 0.12, 0.06, 0, 0.12].map((loss) => ({ loss }));
    expect(after(rare).isOn).toBe(true);
  });

  it('not for a lost packet now and then', () => {
    expect(after(times(60, { loss: 0.01 })).isOn).toBe(false);
    const one = [{ loss: 0.06 }, ...times(6, { loss: 0 })];
    expect(after([...one, ...one, ...one]).isOn).toBe(false);
  });

  it('never on a full line, whose round trips are known some seconds late', () => {
    const jam = [
      ...times(4, { loss: 0.8, roundTripMs: 25 }),
      ...times(60, { loss: 0.5, queueMs: 900, roundTripMs: 1000 }),
    ];
    expect(after(jam).isOn).toBe(false);
  });

  it('not before a round trip tells that the line is not full', () => {
    const good = times(20, { loss: 0 });
    expect(after([...good, { loss: 0.4, isTripNew: false }, { loss: 0.4, queueMs: 900 }]).isOn).toBe(false);
    expect(after([...good, { loss: 0.4, isTripNew: false }, { loss: 0.4 }]).isOn).toBe(true);
  });

  it('not where it would come too late', () => {
    expect(after(times(60, { loss: 0.05, roundTripMs: 620 })).isOn).toBe(false);
  });

  it('no more once the line is full', () => {
    expect(after(times(120, { loss: 0 }), ON).isOn).toBe(true);
    expect(after([{ queueMs: 400 }, { queueMs: 0 }, { queueMs: 400 }], ON).isOn).toBe(true);
    expect(after(times(2, { loss: 0.02, queueMs: 400 }), ON).isOn).toBe(false);
  });
});
