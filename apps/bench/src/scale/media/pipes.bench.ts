import { Certificate, hasOpenssl } from '@relais/testing/webrtc-peer';
import type { Options } from '../../lib/args.ts';
import type { Figure, Findings } from '../../lib/figure.ts';
import { median, percentile, sum } from '../../lib/stats.ts';
import { PlainError } from '../../setup.ts';
import { startBackends } from '../backends.ts';
import { processCpu } from '../process-cpu.ts';
import { Ears } from './ears.ts';
import { type BenchNode, NodeStarter } from './nodes.ts';
import { Probe } from './probe.ts';
import { Speakers } from './speakers.ts';
import { SOUND } from './stream.ts';

/** Of one room; four to a peer, so that the room's own peers are few. */
const PRODUCERS = 32;
/** Listeners, one of whom reads: each consumes all. */
const LISTENERS = 3;
/**
 * Consumers that a worker of the node with two is to carry: enough for the producers' peers, or for the listeners, and
 * not for both, so that the listeners are placed on the other worker.
 */
const BUDGET_OF_TWO = 110;

const WAYS = ['same router', 'second worker', 'second node'] as const;
type Way = (typeof WAYS)[number];

interface Window {
  /** Cores in use by all media workers together. */
  cpu: number;
  /** The share that the busiest of them has of it. */
  busiest: number;
  sent: number;
  lost: number;
  delayP50: number;
  delayP95: number;
}

/** One room of producers, and listeners to them by one way. */
interface Room {
  way: Way;
  speakers: Speakers;
  probe: Probe;
  windows: Window[];
}

/** The same consumers on the producers' router, behind a pipe to another worker and behind one to another node, in turns. */
export async function benchPipes(
  env: Record<string, string | undefined>,
  { quick }: Options,
): Promise<Findings> {
  if (!hasOpenssl) throw new PlainError('This measure needs the openssl command, version 3.');
  await using stack = new AsyncDisposableStack();
  const backends = await startBackends(env);
  stack.defer(() => backends.stop());
  const starter = new NodeStarter(backends);
  const start = async (workers: number, budget: number) => {
    const settings = { RELAIS_MEDIA_WORKERS: String(workers), RELAIS_MEDIA_BUDGET: String(budget) };
    const node = await starter.start(settings);
    stack.defer(() => node.close());
    return node;
  };
  const one = await start(1, 100_000);
  const other = await start(1, 100_000);
  const two = await start(2, BUDGET_OF_TWO);
  const certificate = stack.adopt(new Certificate(), (used) => used.remove());
  const ears = stack.adopt(new Ears(env), (used) => used.exit());
  const ends: Record<Way, [BenchNode, BenchNode]> = {
    'same router': [one, one],
    'second worker': [two, two],
    'second node': [one, other],
  };
  const rooms: Room[] = [];
  for (const way of WAYS) {
    const room = await openRoom(way, ends[way], { ears, certificate });
    stack.defer(() => {
      room.probe.close();
      room.speakers.close();
    });
    rooms.push(room);
  }
  const workers = [one, other, two].flatMap((node) => node.workers);
  for (let turn = 0; turn < (quick ? 1 : 6); turn += 1) {
    for (const room of turn % 2 === 0 ? rooms : rooms.toReversed())
      room.windows.push(await measure(room, { ears, workers, seconds: quick ? 1.5 : 8 }));
  }
  return report(rooms);
}

async function openRoom(
  way: Way,
  [source, sink]: [BenchNode, BenchNode],
  { ears, certificate }: { ears: Ears; certificate: Certificate },
): Promise<Room> {
  const roomId = way.replace(' ', '-');
  const options = { link: source.link, roomId, shape: SOUND, count: PRODUCERS, certificate };
  const speakers = await Speakers.open(options);
  const probe = await Probe.open(sink.link, { roomId, id: 'probe', speakers, certificate });
  await ears.open(sink.link, roomId, LISTENERS - 1, speakers.refs);
  return { way, speakers, probe, windows: [] };
}

async function measure(
  { speakers, probe }: Room,
  { ears, workers, seconds }: { ears: Ears; workers: readonly number[]; seconds: number },
): Promise<Window> {
  speakers.start();
  await ears.holdStill(seconds * 1000 + 1500);
  await sleep(700);
  probe.take();
  const before = { cpu: workers.map(processCpu), sent: speakers.sent, at: performance.now() };
  await sleep(seconds * 1000);
  const elapsed = (performance.now() - before.at) / 1000;
  const cpu = workers.map((pid, i) => (processCpu(pid) - before.cpu[i]!) / elapsed);
  const sent = speakers.sent - before.sent;
  const { received, delays } = probe.take();
  speakers.stop();
  await sleep(1200);
  const fed = sent / elapsed / speakers.packetsPerSecond;
  return {
    cpu: sum(cpu) / fed,
    busiest: Math.max(...cpu) / sum(cpu),
    sent,
    lost: Math.max(0, 1 - received / sent),
    delayP50: percentile(delays, 0.5),
    delayP95: percentile(delays, 0.95),
  };
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function report(rooms: readonly Room[]): Findings {
  const direct = rooms[0]!;
  const of = ({ windows }: Room, value: (window: Window) => number) => median(windows.map(value));
  const figures = rooms.flatMap((room): Figure[] => {
    const figure = (name: string, unit: string, value: (window: Window) => number): Figure => ({
      name: `${name}, ${room.way}`,
      unit,
      ours: of(room, value),
      ...(room !== direct && { reference: of(direct, value) }),
    });
    const added = (of(room, ({ cpu }) => cpu) - of(direct, ({ cpu }) => cpu)) / PRODUCERS;
    return [
      figure('CPU of all workers', '% of a core', ({ cpu }) => cpu * 100),
      ...(room === direct
        ? []
        : [
            { name: `– added for each piped producer, ${room.way}`, unit: '‰ of a core', ours: added * 1000 },
          ]),
      figure('from mouth to ear, p50', 'ms', ({ delayP50 }) => delayP50),
      figure('from mouth to ear, p95', 'ms', ({ delayP95 }) => delayP95),
    ];
  });
  const consumer = (of(direct, ({ cpu }) => cpu) / (PRODUCERS * LISTENERS)) * 1000;
  return {
    bench: 'pipes',
    reference: 'consumers on the router of the producers',
    figures,
    notes: [
      `${PRODUCERS} producers of sound (50 packets/s), ${LISTENERS} listeners of all of them: ${PRODUCERS * LISTENERS} consumers; medians of ${direct.windows.length} windows for each way, in turns. Without a pipe one consumer costs ${consumer.toFixed(2)} ‰ of a core, its part of receiving included.`,
      `Lost, of what one listener should have had: ${rooms.map((room) => `${room.way} ${(of(room, ({ lost }) => lost) * 100).toFixed(2)} %`).join(', ')}.`,
    ],
    broken: rooms.flatMap((room) => [
      ...(room.windows.some(({ delayP50 }) => Number.isNaN(delayP50))
        ? [`${room.way}: nothing arrived`]
        : []),
      // One worker alone at work means that nothing was piped.
      ...(room !== direct && of(room, ({ busiest }) => busiest) > 0.95
        ? [`${room.way}: there was no pipe`]
        : []),
    ]),
    details: rooms.map(({ way, windows }) => ({ way, windows })),
  };
}
