import { describe, expect, it } from 'vitest';
import {
  measureLine,
  NO_LINE_MEMORY,
  type LineMemory,
  type LineReport,
  type LineSample,
  type StreamCount,
} from './line-report.ts';

const stream = (more: Partial<StreamCount> & { id: string }): StreamCount => ({
  direction: 'in',
  carries: 'sound',
  bytes: 0,
  packets: 0,
  lost: 0,
  samples: 0,
  concealed: 0,
  frames: 0,
  isAwaited: false,
  remoteLoss: undefined,
  remoteReports: 0,
  ...more,
});
const sample = (at: number, streams: StreamCount[], more: Partial<LineSample> = {}): LineSample => ({
  at,
  streams,
  pathId: 'a',
  path: 'udp',
  roundTrips: 0,
  roundTripSumMs: 0,
  estimate: undefined,
  ...more,
});

/** The last report of these samples. */
function measured(...samples: LineSample[]): LineReport {
  let memory: LineMemory = NO_LINE_MEMORY;
  let last: LineReport | undefined;
  for (const one of samples) {
    const measure = measureLine(memory, one);
    memory = measure.memory;
    last = measure.report;
  }
  if (!last) throw new Error('nothing was measured');
  return last;
}

describe('what is measured of a line', () => {
  it('is not made better by those who are silent: what is missing is of the voices that are there', () => {
    const heard = (packets: number, concealed: number, samples: number) =>
      [
        { id: 'voice', packets, concealed, samples },
        ...[1, 2, 3].map((n) => ({ id: `silent ${n}`, packets: packets / 10, samples })),
      ].map((one) => stream(one));
    const { down } = measured(sample(0, heard(0, 0, 0)), sample(1000, heard(17, 9600, 48_000)));
    expect(down.concealed).toBeCloseTo(0.2);
  });

  it('is what was counted between two samples, by direction and kind', () => {
    const { down, up } = measured(
      sample(0, [
        stream({ id: 'voice', bytes: 1000, packets: 100, lost: 10, samples: 1000 }),
        stream({ id: 'face', carries: 'picture', bytes: 5000, packets: 50, frames: 10, isAwaited: true }),
        stream({ id: 'own', direction: 'out', bytes: 100 }),
      ]),
      sample(2000, [
        stream({ id: 'voice', bytes: 9000, packets: 180, lost: 30, samples: 97_000, concealed: 9600 }),
        stream({ id: 'face', carries: 'picture', bytes: 30_000, packets: 80, frames: 10, isAwaited: true }),
        stream({ id: 'own', direction: 'out', bytes: 8100, packets: 5, remoteLoss: 0.25, remoteReports: 1 }),
      ]),
    );
    expect(down).toMatchObject({ sound: 32_000, picture: 100_000, loss: 0.2, concealed: 0.1 });
    expect(down).toMatchObject({ open: 1, moving: 0 });
    expect(up).toMatchObject({ sound: 32_000, loss: 0.25 });
  });

  it('passes over what is told of a picture that is sent again: its end was lost before it rested [LINE-5]', () => {
    const own = (packets: number, remoteReports: number, voiceLoss = 0) => [
      stream({ id: 'face', direction: 'out', carries: 'picture', packets, remoteLoss: 0.32, remoteReports }),
      stream({
        id: 'voice',
        direction: 'out',
        packets: 50 * remoteReports,
        remoteLoss: voiceLoss,
        remoteReports,
      }),
    ];
    const rested = [sample(0, own(900, 1)), sample(1000, own(900, 2)), sample(2000, own(930, 3))];
    expect(measured(...rested).up.loss).toBe(0);
    expect(measured(...rested, sample(3000, own(960, 4))).up.loss).toBe(0);
    expect(measured(...rested, sample(3000, own(960, 4, 0.2))).up.loss).toBe(0.2);
    // What is told later is of what it sends now, and so is what is told of one that never rested.
    expect(measured(...rested, sample(3000, own(960, 4)), sample(5000, own(990, 5))).up.loss).toBe(0.32);
    expect(measured(sample(0, own(900, 1)), sample(1000, own(930, 2))).up.loss).toBe(0.32);
  });

  it('passes over what nobody waits for, as the media node’s probes are, and over the end of a picture that comes again', () => {
    const came = (packets: number, lost: number, isAwaited: boolean) => [
      stream({ id: 'face', carries: 'picture', packets, lost, isAwaited }),
    ];
    const probes = [sample(0, came(10, 0, false)), sample(1000, came(20, 8, false))];
    expect(measured(...probes).down.loss).toBe(undefined);
    const rested = [0, 1000, 2000].map((at) => sample(at, came(50, 0, at > 1000)));
    expect(measured(...rested, sample(3000, came(80, 12, true))).down.loss).toBe(0);
    const later = [sample(3000, came(80, 12, true)), sample(6000, came(140, 32, true))];
    expect(measured(...rested, ...later).down.loss).toBe(0.25);
  });

  it('counts a stream that is new, or began anew, from nothing', () => {
    const { down } = measured(
      sample(0, [stream({ id: 'voice', bytes: 9000, packets: 900 })]),
      sample(1000, [
        stream({ id: 'voice', bytes: 500, packets: 5 }),
        stream({ id: 'other', bytes: 500, packets: 5 }),
      ]),
    );
    expect(down.sound).toBe(8000);
  });

  it('takes what is made up while a sound begins for no fault of the line; of one that goes on it is', () => {
    const heard = (of: number) => (id: string, packets: number, concealed: number) =>
      stream({ id, packets, concealed, samples: of });
    const [first, second, third, fourth] = [0, 48_000, 96_000, 144_000].map(heard);
    const known = sample(0, [first!('old', 0, 0)]);
    const moved = sample(1000, [second!('old', 50, 0), second!('new', 50, 20_000)]);
    expect(measured(known, moved).down.concealed).toBe(0);
    const gone = sample(2000, [third!('new', 100, 29_600)]);
    expect(measured(known, moved, gone).down.concealed).toBe(undefined);
    const on = sample(3000, [fourth!('new', 150, 39_200)]);
    expect(measured(known, moved, gone, on).down.concealed).toBeCloseTo(0.2);
  });

  it('says nothing of loss or concealment where too little came to tell', () => {
    const few = stream({ id: 'voice', packets: 2, lost: 2, samples: 480, concealed: 480 });
    const { down, up } = measured(sample(0, []), sample(1000, [few]));
    expect(down.loss).toBe(undefined);
    expect(down.concealed).toBe(undefined);
    expect(up.loss).toBe(undefined);
  });

  it('takes the word of the other end once', () => {
    const own = (packets: number, remoteReports: number) =>
      stream({ id: 'own', direction: 'out', packets, remoteLoss: 0.5, remoteReports });
    const { up } = measured(sample(0, [own(10, 1)]), sample(1000, [own(60, 1)]));
    expect(up.loss).toBe(undefined);
  });

  it('knows a queue by round trips that are longer than this line’s shortest', () => {
    const trips = (at: number, roundTrips: number, roundTripSumMs: number) =>
      sample(at, [], { roundTrips, roundTripSumMs });
    const { roundTripMs, queueMs } = measured(
      trips(0, 1, 600),
      trips(1000, 2, 1200),
      trips(2000, 3, 2100),
      trips(3000, 3, 2100),
    );
    expect([roundTripMs, queueMs]).toEqual([900, 300]);
  });

  it('begins anew on another path, whose round trips are others', () => {
    const before = measureLine(NO_LINE_MEMORY, sample(0, [])).memory;
    const other = measureLine(before, sample(1000, [], { pathId: 'b' }));
    expect(other.report).toBe(undefined);
    expect(other.memory.last?.pathId).toBe('b');
  });
});
