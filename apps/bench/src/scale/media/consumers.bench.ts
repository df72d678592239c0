import { Certificate, hasOpenssl } from '@relais/testing/webrtc-peer';
import type { Options } from '../../lib/args.ts';
import type { Figure, Findings } from '../../lib/figure.ts';
import { percentile } from '../../lib/stats.ts';
import { PlainError } from '../../setup.ts';
import { startBackends } from '../backends.ts';
import { processCpu, processMemoryMb } from '../process-cpu.ts';
import { Ears } from './ears.ts';
import { type BenchNode, NodeStarter } from './nodes.ts';
import { Probe } from './probe.ts';
import { Speakers } from './speakers.ts';
import { LARGE_PICTURE, packetsPerSecond, SMALL_PICTURE, SOUND, type StreamShape } from './stream.ts';

/** Producers of a room, each of which every listener consumes. */
const PRODUCERS = 32;
/** The worker's share of a core that the next step aims at; beyond the last it counts as full. */
const TARGETS = [0.2, 0.5, 0.8, 0.95] as const;
const FULL = 0.9;
/** Of the packets that a listener should have had: more, and the worker is taken for full. */
const LOST_MAX = 0.02;
/** Bursts to be late by more than a conversation bears. */
const LATE_MS = 100;

/** One number of consumers. */
interface Step {
  consumers: number;
  /** The worker's share of a core, for the packets that ought to have gone through: what is lost cost nothing. */
  cpu: number;
  lost: number;
  delayP50: number;
  delayP99: number;
  memoryMb: number;
}

/** How many consumers one worker carries until its core is full: real RTP, DTLS and SRTP, over one media node. */
export async function benchConsumers(
  env: Record<string, string | undefined>,
  { quick }: Options,
): Promise<Findings> {
  if (!hasOpenssl) throw new PlainError('This measure needs the openssl command, version 3.');
  await using stack = new AsyncDisposableStack();
  const backends = await startBackends(env);
  stack.defer(() => backends.stop());
  // A budget that is never reached: it is what is looked for.
  const node = await new NodeStarter(backends).start({
    RELAIS_MEDIA_WORKERS: '1',
    RELAIS_MEDIA_BUDGET: '100000',
  });
  stack.defer(() => node.close());
  const ladders: { shape: StreamShape; steps: Step[] }[] = [];
  for (const shape of quick ? [SOUND] : [SOUND, SMALL_PICTURE, LARGE_PICTURE]) {
    const given = {
      env,
      node,
      shape,
      targets: quick ? TARGETS.slice(0, 2) : TARGETS,
      seconds: quick ? 2 : 4,
    };
    ladders.push({ shape, steps: await climb(given) });
  }
  return report(ladders, processMemoryMb(node.pid));
}

async function climb(given: {
  env: Record<string, string | undefined>;
  node: BenchNode;
  shape: StreamShape;
  targets: readonly number[];
  seconds: number;
}): Promise<Step[]> {
  const { env, node, shape, seconds } = given;
  using stack = new DisposableStack();
  const certificate = stack.adopt(new Certificate(), (one) => one.remove());
  const roomId = `ladder-${shape.name.replace(/\W+/g, '-')}`;
  const options = { link: node.link, roomId, shape, count: PRODUCERS, certificate };
  const speakers = stack.adopt(await Speakers.open(options), (one) => one.close());
  const ears = stack.adopt(new Ears(env), (one) => one.exit());
  const given4 = { roomId, id: 'probe', speakers, certificate };
  const probe = stack.adopt(await Probe.open(node.link, given4), (one) => one.close());
  const steps: Step[] = [];
  let listeners = 1;
  for (const target of given.targets) {
    const more = moreListeners(steps, listeners, target);
    await ears.open(node.link, roomId, more, speakers.refs);
    listeners += more;
    speakers.start();
    const step = await measure({ node, speakers, ears, probe, seconds }, listeners * PRODUCERS);
    speakers.stop();
    steps.push(step);
    if (step.cpu >= FULL) break;
  }
  return steps;
}

/** So many that the worker is likely to be as busy as aimed at; never more than three times as many. */
function moreListeners(steps: readonly Step[], listeners: number, target: number): number {
  const last = steps.at(-1);
  if (!last) return 4;
  const growth = Math.min(target / last.cpu, 3);
  return Math.max(1, Math.round(listeners * growth) - listeners);
}

async function measure(
  {
    node,
    speakers,
    ears,
    probe,
    seconds,
  }: {
    node: BenchNode;
    speakers: Speakers;
    ears: Ears;
    probe: Probe;
    seconds: number;
  },
  consumers: number,
): Promise<Step> {
  const worker = node.workers[0]!;
  await ears.holdStill(seconds * 1000 + 1500);
  await sleep(700);
  probe.take();
  const before = { cpu: processCpu(worker), sent: speakers.sent, at: performance.now() };
  await sleep(seconds * 1000);
  const elapsed = (performance.now() - before.at) / 1000;
  const sent = speakers.sent - before.sent;
  const cpu = (processCpu(worker) - before.cpu) / elapsed;
  const { received, delays } = probe.take();
  const through = received / elapsed / speakers.packetsPerSecond;
  // Until the ears read again, and have said that they are there.
  await sleep(1200);
  return {
    consumers,
    cpu: cpu / through,
    lost: Math.max(0, 1 - received / sent),
    delayP50: percentile(delays, 0.5),
    delayP99: percentile(delays, 0.99),
    memoryMb: processMemoryMb(worker),
  };
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Consumers at which the worker needs that share of a core: between the steps on either side of it, or beyond the last
 * one along the last two.
 */
export function consumersAt(steps: readonly Pick<Step, 'consumers' | 'cpu'>[], share: number): number {
  const above = Math.max(
    1,
    steps.findIndex(({ cpu }) => cpu >= share),
  );
  const upper = steps[above === 1 && (steps.at(-1)?.cpu ?? 0) < share ? steps.length - 1 : above];
  const lower = upper && steps[steps.indexOf(upper) - 1];
  if (!upper || !lower) return Number.NaN;
  const slope = (upper.consumers - lower.consumers) / (upper.cpu - lower.cpu);
  return Math.round(lower.consumers + (share - lower.cpu) * slope);
}

function report(ladders: readonly { shape: StreamShape; steps: Step[] }[], nodeMb: number): Findings {
  const figures = ladders.flatMap(({ shape, steps }): Figure[] => {
    const perPacket = (share: number) => (share / consumersAt(steps, share) / packetsPerSecond(shape)) * 1e6;
    return [
      ...[0.5, 0.8, 1].map((share) => ({
        name: `${shape.name}: consumers at ${share * 100} % of a core`,
        unit: '',
        ours: consumersAt(steps, share),
      })),
      { name: `${shape.name}: CPU per packet forwarded, at 80 %`, unit: 'µs', ours: perPacket(0.8) },
    ];
  });
  return {
    bench: 'consumers',
    reference: 'none',
    figures: [
      ...figures,
      ...mixFigures(ladders),
      {
        name: 'memory of the worker, at the most',
        unit: 'MB',
        ours: Math.max(...ladders.flatMap(({ steps }) => steps.map(({ memoryMb }) => memoryMb))),
      },
      { name: 'memory of Node', unit: 'MB', ours: nodeMb },
    ],
    notes: [
      `One worker, ${PRODUCERS} producers, every listener consumes all; listeners' sockets are not read but for one, on loopback.`,
      ...ladders.map(({ shape, steps }) => `${shape.name}: ${steps.map(stepWords).join('; ')}.`),
      `Loss and delay are those of one listener who reads; above ${LOST_MAX * 100} % or ${LATE_MS} ms the machine, or the worker, was full.`,
    ],
    broken: ladders.flatMap(({ shape, steps }) =>
      steps.some(({ delayP50 }) => Number.isNaN(delayP50)) ? [`${shape.name}: nothing arrived`] : [],
    ),
    details: ladders,
  };
}

/** Of four consumers two are of sound, one of a small picture and one of a large one. */
function mixFigures(ladders: readonly { shape: StreamShape; steps: Step[] }[]): Figure[] {
  const at = (shape: StreamShape, share: number) => {
    const ladder = ladders.find((one) => one.shape === shape);
    return ladder ? consumersAt(ladder.steps, share) : Number.NaN;
  };
  if (ladders.length < 3) return [];
  return [0.5, 0.8, 1].map((share) => ({
    name: `half sound, a quarter small, a quarter large pictures: consumers at ${share * 100} % of a core`,
    unit: '',
    ours: Math.round(
      1 / (0.5 / at(SOUND, share) + 0.25 / at(SMALL_PICTURE, share) + 0.25 / at(LARGE_PICTURE, share)),
    ),
  }));
}

function stepWords({ consumers, cpu, lost, delayP50, delayP99 }: Step): string {
  const late = `${delayP50.toFixed(1)}/${delayP99.toFixed(1)} ms`;
  return `${consumers}: ${(cpu * 100).toFixed(0)} %, ${late}, ${(lost * 100).toFixed(1)} % lost`;
}
