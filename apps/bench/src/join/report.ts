import type { Figure, Findings } from '../lib/figure.ts';
import { median, percentile } from '../lib/stats.ts';
import { ADDED_ROUND_TRIP_MS } from './join.bench.ts';
import { describe, type Exchange } from './signalling.ts';

/** The targets of the project: twice the bare page, and one round trip of signalling. */
const TARGET_RATIO = 2;
const TARGET_ROUND_TRIPS = 1;

export interface Joined {
  /** Milliseconds from the click to the first picture; undefined when none came. */
  ms: number | undefined;
  /** What was asked over the socket from the click until the picture was seen. */
  exchanges: Exchange[];
  why?: string;
}

export type Runs = Record<'ours' | 'bare', Joined[]>;

export function report(runs: { cold: Runs; warm: Runs; delayed: Runs }): Findings {
  const { cold, warm, delayed } = runs;
  const failed = Object.values(runs).flatMap(({ ours, bare }) => [...ours, ...bare].filter(hasNoPicture));
  const tripsOf = (side: 'ours' | 'bare') =>
    (Math.min(...times(delayed[side])) - Math.min(...times(warm[side]))) / ADDED_ROUND_TRIP_MS;
  return {
    bench: 'join',
    reference: 'a bare page of mediasoup-client and mediasoup',
    figures: [
      ...spreadOf('click → first picture, warm', warm),
      ...spreadOf('click → first picture, cold', cold),
      {
        name: 'serial round trips, click → first picture',
        unit: `by +${ADDED_ROUND_TRIP_MS} ms on each`,
        ours: tripsOf('ours'),
      },
      { name: 'the same, reference', unit: 'not a ratio', ours: tripsOf('bare') },
      {
        name: 'serial round trips, to the nearest',
        unit: '',
        ours: Math.round(tripsOf('ours')),
        target: TARGET_ROUND_TRIPS,
      },
    ],
    notes: [
      `${warm.ours.length} warm and ${cold.ours.length} cold runs of each, in turns; one other participant sends all the time.`,
      'Cold: a browser just started, nothing cached, clicked as soon as it can be. Warm: joined before, at rest for 1 s.',
      `Exchanges until the picture, each with its place in the longest chain: ours ${lastOf(warm.ours)}; reference ${lastOf(warm.bare)}.`,
    ],
    broken: failed.map(({ why }) => `no picture: ${why ?? 'unknown'}`),
    details: runs,
  };
}

const hasNoPicture = ({ ms }: Joined) => ms === undefined;
const times = (joined: Joined[]) => joined.flatMap(({ ms }) => ms ?? []);
const lastOf = (joined: Joined[]) => describe(joined.at(-1)?.exchanges ?? []);

function spreadOf(what: string, { ours, bare }: Runs): Figure[] {
  const figure = (name: string, of: (values: number[]) => number): Figure => ({
    name: `${what}, ${name}`,
    unit: 'ms',
    ours: of(times(ours)),
    reference: of(times(bare)),
  });
  return [
    { ...figure('median', median), target: TARGET_RATIO },
    figure('p95', (values) => percentile(values, 0.95)),
  ];
}
