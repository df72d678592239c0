import { describe, expect, it } from 'vitest';
import { measureLine, NO_LINE_MEMORY, type LineSample, type StreamCount } from './line-report.ts';

/** A line as it is sampled every second: round trips of so many milliseconds, and packets lost of fifty. */
interface Second {
  roundTripMs: number;
  lost?: number;
}

const seconds = (count: number, second: Second): Second[] => Array.from({ length: count }, () => second);
const varying = (...trips: number[]): Second[] => trips.map((roundTripMs) => ({ roundTripMs }));

/** What is taken for a queue, second by second, in milliseconds. */
function queues(line: readonly Second[]): number[] {
  let memory = NO_LINE_MEMORY;
  let total = { trips: 0, sumMs: 0, packets: 0, lost: 0 };
  return [{ roundTripMs: 0, lost: 0 }, ...line].flatMap(({ roundTripMs, lost = 0 }, second) => {
    total = {
      trips: total.trips + 1,
      sumMs: total.sumMs + roundTripMs,
      packets: total.packets + 50 - lost,
      lost: total.lost + lost,
    };
    const { memory: next, report } = measureLine(memory, sampleOf(second * 1000, total));
    memory = next;
    return report ? [report.queueMs] : [];
  });
}

function sampleOf(at: number, total: Record<'trips' | 'sumMs' | 'packets' | 'lost', number>): LineSample {
  const { trips, sumMs, packets, lost } = total;
  const voice: StreamCount = {
    ...{ id: 'voice', direction: 'in', carries: 'sound', bytes: packets * 100, packets, lost },
    ...{ samples: 0, concealed: 0, frames: 0, isAwaited: false, remoteLoss: undefined, remoteReports: 0 },
  };
  const way = { pathId: 'a', path: 'udp', estimate: undefined } as const;
  return { at, ...way, roundTrips: trips, roundTripSumMs: sumMs, streams: [voice] };
}

const last = (numbers: number[]) => numbers.at(-1);

describe('[LINE-13] a line that has become longer', () => {
  const cable = seconds(20, { roundTripMs: 20 });

  it('is taken for a full one at first, and for what it is once its round trips stay the same', () => {
    const satellite = [...cable, ...seconds(4, { roundTripMs: 620 })];
    expect(last(queues(satellite))).toBe(600);
    expect(last(queues([...satellite, ...seconds(6, { roundTripMs: 620 })]))).toBe(0);
  });

  it('is one although its round trips vary as a satellite’s do, and a packet is lost now and then', () => {
    const satellite = varying(619, 626, 618, 612, 613, 616, 619, 617, 629, 621);
    const rain = satellite.map((second, i) => ({ ...second, lost: i % 5 === 0 ? 3 : 0 }));
    expect(last(queues([...cable, ...rain, ...satellite]))).toBeLessThan(20);
  });

  it('shows a queue beyond its own length, as any other', () => {
    const satellite = [...cable, ...seconds(16, { roundTripMs: 620 })];
    expect(last(queues([...satellite, ...seconds(3, { roundTripMs: 900 })]))).toBe(280);
  });

  it('that is short again is believed at once', () => {
    const there = [...cable, ...seconds(16, { roundTripMs: 620 }), ...seconds(2, { roundTripMs: 20 })];
    expect(last(queues([...there, { roundTripMs: 300 }]))).toBe(280);
  });

  it('is not one while more than now and then a packet is missing: a queue that is at its end stays as long, too', () => {
    expect(last(queues([...cable, ...seconds(40, { roundTripMs: 520, lost: 5 })]))).toBe(500);
  });

  it('is not one while a queue fills, runs dry, or drains', () => {
    const wave = Array.from({ length: 10 }, () => [500, 460, 300, 200]).flat();
    expect(Math.max(...queues([...cable, ...varying(...wave)]).slice(-4))).toBe(480);
    const growing = Array.from({ length: 24 }, (_, second) => 100 + 20 * second);
    expect(last(queues([...cable, ...varying(...growing)]))).toBe(540);
    const draining = varying(500, 500, 400, 300, 200, 100, 20, 20);
    expect(last(queues([...cable, ...draining, { roundTripMs: 200 }]))).toBe(180);
  });
});
