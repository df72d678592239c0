import type { Options } from '../../lib/args.ts';
import type { Figure, Findings } from '../../lib/figure.ts';
import { median, percentile, sum } from '../../lib/stats.ts';
import { startBackends } from '../backends.ts';
import { Crowd } from './crowd.ts';
import { MEETINGS, runRound, type Kind, type Round } from './round.ts';

const HUBS = [1, 2, 3] as const;
/** Two processes: one alone would be busier than the hub. */
const CROWDS = 2;

/** How late people on one, two and three hubs hear each other, and what it costs; each number of hubs in turns. */
export async function benchFanOut(
  env: Record<string, string | undefined>,
  { quick }: Options,
): Promise<Findings> {
  await using stack = new AsyncDisposableStack();
  const backends = await startBackends(env);
  stack.defer(() => backends.stop());
  const crowds = Array.from({ length: CROWDS }, () => new Crowd(env));
  for (const crowd of crowds) stack.defer(() => crowd.close());
  const people = quick ? 80 : 1000;
  const rounds = new Map<number, Round[]>(HUBS.map((hubs) => [hubs, []]));
  for (let turn = 0; turn < (quick ? 1 : 3); turn += 1) {
    for (const hubs of turn % 2 === 0 ? HUBS : HUBS.toReversed()) {
      rounds.get(hubs)!.push(await runRound(backends, crowds, { hubs, people, seconds: quick ? 3 : 12 }));
    }
  }
  return report(rounds, people);
}

const PRESENCE: readonly Kind[] = ['joined', 'left', 'cut', 'back'];

function report(rounds: ReadonlyMap<number, Round[]>, people: number): Findings {
  const all = [...rounds.values()].flat();
  const lost = sum(all.map((round) => round.lost));
  const repeated = sum(all.map((round) => round.repeated));
  const one = rounds.get(1)!;
  return {
    bench: 'fanout',
    reference: 'one hub',
    figures: [
      ...[...rounds].flatMap(([hubs, own]) => delayFigures('message → heard', hubs, ['message'], own, one)),
      ...[...rounds].flatMap(([hubs, own]) =>
        delayFigures('somebody comes, goes, is cut off, is back → heard', hubs, PRESENCE, own, one),
      ),
      ...[...rounds].flatMap(([hubs, own]) => cpuFigures(hubs, own, one)),
      { name: 'lost or repeated', unit: 'hearings', ours: lost + repeated, target: 0 },
    ],
    notes: [
      `${people} sockets in ${MEETINGS} meetings, everybody's neighbours on the other hubs; 16 messages and 4 changes a second; medians over ${one.length} rounds for each number of hubs, in turns, with fresh processes.`,
      `Heard: ${median(all.map((r) => r.heardPerSecond)).toFixed(0)} times a second, ${sum(all.map((r) => Object.values(r.delays).flat().length))} in all. The crowd (two processes) used ${median(all.map((r) => r.cpu.crowd * 100)).toFixed(0)} % of a core, Redis ${median(all.map((r) => r.cpu.redis * 100)).toFixed(0)} %.`,
      ...[...rounds].map(
        ([hubs, own]) => `${hubs} hub${hubs > 1 ? 's' : ''}, p50 of each kind: ${kindsOf(own)}.`,
      ),
    ],
    broken: lost + repeated === 0 ? [] : [`${lost} hearings were lost and ${repeated} came twice`],
    details: { rounds: [...rounds].map(([hubs, own]) => ({ hubs, rounds: own.map(summary) })) },
  };
}

function delayFigures(
  what: string,
  hubs: number,
  kinds: readonly Kind[],
  own: readonly Round[],
  one: readonly Round[],
): Figure[] {
  return [0.5, 0.99].map((p) => ({
    name: `${what}, ${hubsOf(hubs)}, p${p * 100}`,
    unit: 'ms',
    ours: delay(own, kinds, p),
    ...(hubs > 1 && { reference: delay(one, kinds, p) }),
  }));
}

/** The median over the rounds, so that one that somebody else disturbed does not count. */
function delay(rounds: readonly Round[], kinds: readonly Kind[], p: number): number {
  return median(
    rounds.map(({ delays }) =>
      percentile(
        kinds.flatMap((kind) => delays[kind]),
        p,
      ),
    ),
  );
}

function cpuFigures(hubs: number, own: readonly Round[], one: readonly Round[]): Figure[] {
  const figure = (name: string, unit: string, of: (round: Round) => number): Figure => ({
    name: `${name}, ${hubsOf(hubs)}`,
    unit,
    ours: median(own.map(of)),
    ...(hubs > 1 && { reference: median(one.map(of)) }),
  });
  return [
    figure(
      'CPU of all hubs per 1,000 hearings',
      'ms',
      ({ cpu, heardPerSecond }) => (cpu.hubs / heardPerSecond) * 1e6,
    ),
    figure('memory of the largest hub', 'MB', ({ memoryMb }) => memoryMb),
    figure('CPU of the busiest hub', '% of a core', ({ cpu }) => cpu.busiestHub * 100),
  ];
}

const hubsOf = (hubs: number) => `${hubs} hub${hubs > 1 ? 's' : ''}`;

function kindsOf(rounds: readonly Round[]): string {
  const kinds: Kind[] = ['message', ...PRESENCE];
  return kinds
    .map((kind) => ({ kind, ms: delay(rounds, [kind], 0.5) }))
    .filter(({ ms }) => !Number.isNaN(ms))
    .map(({ kind, ms }) => `${kind} ${ms.toFixed(1)} ms`)
    .join(', ');
}

function summary({ delays, ...rest }: Round) {
  const kinds = Object.entries(delays).map(([kind, values]) => [
    kind,
    { heard: values.length, p50: percentile(values, 0.5), p99: percentile(values, 0.99) },
  ]);
  return { ...rest, delays: Object.fromEntries(kinds) as Record<string, unknown> };
}
