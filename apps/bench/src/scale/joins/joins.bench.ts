import type { Options } from '../../lib/args.ts';
import type { Figure, Findings } from '../../lib/figure.ts';
import { median, percentile } from '../../lib/stats.ts';
import type { Running } from '../../servers/child.ts';
import { addressOf, createMeeting, startBackends } from '../backends.ts';
import { Crowd } from '../fanout/crowd.ts';
import { now, Person, type Place } from '../fanout/person.ts';
import { processCpu } from '../process-cpu.ts';

/** How many are there already; with who comes in the last is the largest meeting. */
const SIZES = [10, 100, 299] as const;
/** People who have their camera on. */
const CAMERAS = 6;
/** One's coming is told to each other person: the seat, that one is there, the microphone. */
const FACTS = 3;
const HEARD_WITHIN_MS = 5_000;

interface Join {
  /** Milliseconds from `meeting:join` to its answer. */
  ms: number;
  /** Characters of the answer, of what in it is the meeting as it stands, and the rest. */
  answer: number;
  snapshot: number;
  consumers: number;
  /** Told to the others because of it, for each of them. */
  facts: number;
}

interface Meeting {
  size: number;
  code: string;
  crowd: Crowd;
  joins: Join[];
  /** Seconds of the hub's CPU for one joining and leaving. */
  cpu: number[];
}

/** What it costs to come into a meeting of 10, of 100 and of 299 people, in turns, over one hub and one media node. */
export async function benchJoins(
  env: Record<string, string | undefined>,
  { quick }: Options,
): Promise<Findings> {
  await using stack = new AsyncDisposableStack();
  const backends = await startBackends(env);
  stack.defer(() => backends.stop());
  const node = await backends.startNode({ RELAIS_MEDIA_WORKERS: '1' });
  stack.defer(() => node.stop());
  const hub = await backends.startHub();
  stack.defer(() => hub.stop());
  await mediaIsReady(hub);
  const meetings: Meeting[] = [];
  for (const size of quick ? [10, 40] : SIZES) {
    const crowd = new Crowd(env);
    stack.defer(() => crowd.close());
    meetings.push(await gather(hub, crowd, size));
  }
  for (let round = 0; round < (quick ? 2 : 9); round += 1) {
    for (const meeting of round % 2 === 0 ? meetings : meetings.toReversed())
      await visits(hub, meeting, { count: quick ? 4 : 10, isWarmUp: round === 0 });
  }
  return report(meetings);
}

/** It has found the media node. */
async function mediaIsReady({ url }: Running): Promise<void> {
  for (let waited = 0; waited < 100; waited += 1) {
    const { ok } = await fetch(`${url}/readyz`);
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the hub found no media node');
}

async function gather(hub: Running, crowd: Crowd, size: number): Promise<Meeting> {
  const code = await createMeeting(hub.url, addressOf(60_000 + size));
  const places = Array.from({ length: size }, (_, i): Place => {
    const sends = i < CAMERAS ? 'microphone and camera' : 'microphone';
    return { url: hub.url, code, name: `Participante ${i}`, address: addressOf(size * 300 + i), sends };
  });
  await crowd.at({ do: 'seat', places });
  return { size, code, crowd, joins: [], cpu: [] };
}

/** Somebody comes and goes, then the next. */
async function visits(
  hub: Running,
  meeting: Meeting,
  { count, isWarmUp }: { count: number; isWarmUp: boolean },
): Promise<void> {
  const before = processCpu(hub.pid);
  const joins: Join[] = [];
  for (let i = 0; i < count; i += 1) joins.push(await visit(hub, meeting, i));
  if (isWarmUp) return;
  meeting.joins.push(...joins);
  meeting.cpu.push((processCpu(hub.pid) - before) / count);
}

async function visit(hub: Running, { code, crowd, size }: Meeting, n: number): Promise<Join> {
  const address = addressOf(50_000 + n);
  const place: Place = { url: hub.url, code, name: `Visiteuse ${n}`, address, sends: 'microphone' };
  const visitor = new Person(place, () => undefined);
  await visitor.connect();
  const factsBefore = await crowd.facts();
  const at = await visitor.join();
  const ms = now() - at;
  await visitor.produce();
  const told = await factsSince(crowd, factsBefore, size * FACTS);
  const { joined } = visitor;
  await visitor.leave();
  // They hear of it before the next one comes: the seat given up, and nobody there.
  await factsSince(crowd, factsBefore + told, size);
  return {
    ms,
    answer: JSON.stringify(joined).length,
    snapshot: JSON.stringify({ meeting: joined.meeting, events: joined.events, live: joined.live }).length,
    consumers: joined.media?.consumers.length ?? 0,
    facts: told / size,
  };
}

/** Waits for as many as are expected, and a moment longer for any that are not. */
async function factsSince(crowd: Crowd, before: number, expected: number): Promise<number> {
  const until = performance.now() + HEARD_WITHIN_MS;
  let told = 0;
  while (told < expected && performance.now() < until) told = (await crowd.facts()) - before;
  await new Promise((resolve) => setTimeout(resolve, 20));
  return (await crowd.facts()) - before;
}

function report(meetings: readonly Meeting[]): Findings {
  const [small] = meetings;
  const figures = meetings.flatMap((meeting) => figuresOf(meeting, meeting === small ? undefined : small));
  const uneven = meetings.filter(({ joins }) => joins.some(({ facts }) => facts !== FACTS));
  return {
    bench: 'joins',
    reference: `${small?.size ?? 0} people there`,
    figures,
    notes: [
      `One hub, one media node, over the control link; everybody has a muted microphone, the first ${CAMERAS} a camera; ${small?.joins.length ?? 0} visits to each meeting, in turns.`,
      'The time is that from the request to its answer, in the visitor, who does nothing else; CPU is the hub’s for one coming and going, with all that the others are told.',
      'What is sent beyond the snapshot are seat, transports and consumers: up to 16 people also those of muted microphones (MEDIA-2).',
    ],
    broken: uneven.map(({ size, joins }) => {
      const counts = [...new Set(joins.map(({ facts }) => facts.toFixed(2)))].join(', ');
      return `with ${size} people ${counts} facts were told to each instead of ${FACTS}`;
    }),
    details: meetings.map(({ size, joins, cpu }) => ({ size, joins, cpu })),
  };
}

function figuresOf(meeting: Meeting, small: Meeting | undefined): Figure[] {
  const where = `${meeting.size} there`;
  const figure = (name: string, unit: string, of: (one: Meeting) => number): Figure => ({
    name: `${name}, ${where}`,
    unit,
    ours: of(meeting),
    ...(small && { reference: of(small) }),
  });
  const middle =
    (of: (join: Join) => number) =>
    ({ joins }: Meeting) =>
      median(joins.map(of));
  return [
    figure(
      'meeting:join → answer, median',
      'ms',
      middle((join) => join.ms),
    ),
    figure('meeting:join → answer, p95', 'ms', ({ joins }) =>
      percentile(
        joins.map(({ ms }) => ms),
        0.95,
      ),
    ),
    figure(
      'answer',
      'kB',
      middle((join) => join.answer / 1000),
    ),
    figure(
      'answer without the snapshot',
      'kB',
      middle((join) => (join.answer - join.snapshot) / 1000),
    ),
    figure(
      'consumers in it',
      '',
      middle((join) => join.consumers),
    ),
    figure(
      'facts told to each other person',
      '',
      middle((join) => join.facts),
    ),
    figure('CPU of the hub, coming and going', 'ms', ({ cpu }) => median(cpu) * 1000),
    figure('– for each person told', 'µs', ({ cpu, size }) => (median(cpu) / size) * 1e6),
  ];
}
