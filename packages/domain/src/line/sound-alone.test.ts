import { describe, expect, it } from 'vitest';
import { measureLine, NO_LINE_MEMORY, type LineSample, type StreamCount } from './line-report.ts';

/** A line as it is sampled every second: round trips of so many milliseconds, with pictures or without. */
interface Second {
  roundTripMs: number;
  pictures?: boolean;
  lost?: number;
}

const seconds = (count: number, second: Second): Second[] => Array.from({ length: count }, () => second);

/** What is taken for a queue, second by second, in milliseconds. */
function queues(line: readonly Second[]): number[] {
  let memory = NO_LINE_MEMORY;
  let total = { trips: 0, sumMs: 0, packets: 0, lost: 0, pictures: 0 };
  return [{ roundTripMs: 0 }, ...line].flatMap(({ roundTripMs, pictures = false, lost = 0 }, second) => {
    total = {
      trips: total.trips + 1,
      sumMs: total.sumMs + roundTripMs,
      packets: total.packets + 50 - lost,
      lost: total.lost + lost,
      pictures: total.pictures + (pictures ? 40 : 0),
    };
    const { memory: next, report } = measureLine(memory, sampleOf(second * 1000, total));
    memory = next;
    return report ? [report.queueMs] : [];
  });
}

function sampleOf(
  at: number,
  total: Record<'trips' | 'sumMs' | 'packets' | 'lost' | 'pictures', number>,
): LineSample {
  const stream = (id: string, more: Partial<StreamCount>): StreamCount => ({
    ...{ id, direction: 'in', carries: 'sound', bytes: 0, packets: 0, lost: 0, samples: 0 },
    ...{ concealed: 0, frames: 0, isAwaited: false, remoteLoss: undefined, remoteReports: 0 },
    ...more,
  });
  const { trips, sumMs, packets, lost, pictures } = total;
  const voice = stream('voice', { packets, lost, bytes: packets * 100 });
  const picture = stream('picture', { carries: 'picture', packets: pictures, bytes: pictures * 1000 });
  const way = { pathId: 'a', path: 'udp', estimate: undefined } as const;
  return { at, ...way, roundTrips: trips, roundTripSumMs: sumMs, streams: [voice, picture] };
}

const last = (numbers: number[]) => numbers.at(-1);

describe('[LINE-13] a line that has become longer', () => {
  const cable = seconds(20, { roundTripMs: 20, pictures: true });

  it('is taken for a full one at first, and for what it is once sound alone goes steadily over it', () => {
    const satellite = [...cable, ...seconds(8, { roundTripMs: 620, pictures: true })];
    expect(last(queues(satellite))).toBe(600);
    expect(last(queues([...satellite, ...seconds(16, { roundTripMs: 620 })]))).toBe(0);
  });

  it('is one although its round trips vary as a satellite’s do', () => {
    const varying = [600, 640, 615, 655, 600, 630].map((roundTripMs) => ({ roundTripMs }));
    expect(last(queues([...cable, ...varying, ...varying, ...varying]))).toBeLessThanOrEqual(55);
  });

  it('shows a queue beyond its own length, as any other', () => {
    const satellite = [...cable, ...seconds(16, { roundTripMs: 620 })];
    expect(last(queues([...satellite, ...seconds(3, { roundTripMs: 900, pictures: true })]))).toBe(280);
  });

  it('that is short again is believed at once', () => {
    const there = [...cable, ...seconds(16, { roundTripMs: 620 }), ...seconds(2, { roundTripMs: 20 })];
    expect(last(queues([...there, { roundTripMs: 300 }]))).toBe(280);
  });

  it('is not one while pictures are on it: they may be what fills it', () => {
    expect(last(queues([...cable, ...seconds(60, { roundTripMs: 500, pictures: true })]))).toBe(480);
  });

  it('is not one while sound is missing, or while a queue fills and runs dry', () => {
    expect(last(queues([...cable, ...seconds(40, { roundTripMs: 520, lost: 5 })]))).toBe(500);
    const wave = Array.from({ length: 40 }, (_, second) => ({ roundTripMs: second % 4 < 2 ? 500 : 200 }));
    expect(Math.max(...queues([...cable, ...wave]).slice(-4))).toBe(480);
  });

  it('is not one while a queue of pictures that are gone still drains', () => {
    const draining = [500, 500, 400, 300, 200, 100, 20, 20].map((roundTripMs) => ({ roundTripMs }));
    expect(last(queues([...cable, ...draining, ...seconds(20, { roundTripMs: 20 })]))).toBe(0);
    expect(last(queues([...cable, ...draining, { roundTripMs: 200, pictures: true }]))).toBe(180);
  });
});
