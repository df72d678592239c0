import { withTimeout } from '@relais/kit';
import { goodLine, PROFILES, type ProfileName } from '@relais/testing/lab/profiles';
import { whyNoLaboratory } from '@relais/testing/lab/system';
import type { Options } from '../lib/args.ts';
import type { Findings } from '../lib/figure.ts';
import { PlainError } from '../setup.ts';
import { changeLine, cutLine, prepareInterruptions, type SoundBack } from './interruptions.ts';
import { gather, openPlace, TURNS, type Memory, type Place } from './meeting.ts';
import { report, type LineRun } from './report.ts';
import { talk, wireBetween, type Talk, type TalkLength, type Wire } from './talk.ts';

/** The lines that the issue names. */
const USUAL: readonly ProfileName[] = ['64k', 'loss30', 'wifi', 'adsl', 'lte-capped', 'satellite'];
const QUICK: readonly ProfileName[] = ['64k', 'loss30'];
/** Whoever comes by such a line has it from the first byte of the page on. */
const FROM_THE_START: readonly ProfileName[] = ['64k'];

/** As a person's browser remembers it: none of the measures for thin lines. */
const WITHOUT: Memory = { 'relais:line-care': 'off' };
const LIGHT: Memory = { 'relais:mode': 'light' };

const LENGTH: TalkLength = { settleS: 15, rounds: 2 };
const QUICK_LENGTH: TalkLength = { settleS: 12, rounds: 1 };
const INTERRUPTIONS = 4;
const KEPT_TIMEOUT_MS = 120_000;

/**
 * A meeting of six sending video, one of them on a bad line: with what the product does about it, and the same without, in
 * turns. Then what a cut and a change of network cost, and light mode.
 */
export async function benchLine(
  env: Record<string, string | undefined>,
  { quick, lines, alone, interruptions: onlyThese }: Options,
): Promise<Findings> {
  const why = await whyNoLaboratory();
  if (why !== undefined) throw new PlainError(why);
  await using stack = new AsyncDisposableStack();
  const place = await openPlace(env, stack);
  const names = lines.length > 0 || onlyThese ? lines : quick ? QUICK : USUAL;
  const length = quick ? QUICK_LENGTH : LENGTH;
  const runs: LineRun[] = [];
  for (const [i, name] of names.entries()) {
    const order = { alone, isOursFirst: i % 2 === 0 };
    const becomes = (memory: Memory) => talkOn(place, { name, memory, length });
    runs.push({ name, title: name, ...(await inTurns(becomes, order)) });
    if (!FROM_THE_START.includes(name)) continue;
    // What is measured is the coming in with them: there is no other to compare with.
    const ours = await talkOn(place, { name, memory: {}, length, isFromStart: true });
    runs.push({ name, title: `${name} from the start`, ours });
  }
  // Asked for one line, a person wants to know of that line.
  const isWhole = lines.length === 0 && !onlyThese;
  const interruptions = isWhole || onlyThese ? await interrupt(place, quick ? 1 : INTERRUPTIONS) : undefined;
  const light = isWhole ? await lightMode(place, length.rounds) : undefined;
  return report({ runs, interruptions, light, length });
}

/** Which is first changes from line to line. */
async function inTurns(
  measure: (memory: Memory) => Promise<Talk>,
  { alone, isOursFirst }: { alone: boolean; isOursFirst: boolean },
): Promise<Omit<LineRun, 'name' | 'title'>> {
  if (alone) return { ours: await measure({}) };
  const without = isOursFirst ? undefined : await measure(WITHOUT);
  const ours = await measure({});
  return { ours, without: without ?? (await measure(WITHOUT)) };
}

async function talkOn(
  place: Place,
  {
    name,
    memory,
    length,
    isFromStart = false,
  }: { name: ProfileName; memory: Memory; length: TalkLength; isFromStart?: boolean },
) {
  await using stack = new AsyncDisposableStack();
  const meeting = await gather(place, memory, isFromStart ? PROFILES[name] : undefined);
  stack.defer(() => meeting.close());
  // The meeting is closed behind it.
  return await talk(meeting, PROFILES[name], { ...length, isFromStart });
}

export interface Interruptions {
  cuts: SoundBack[];
  changes: SoundBack[];
}

async function interrupt(place: Place, times: number): Promise<Interruptions> {
  await using stack = new AsyncDisposableStack();
  const meeting = await gather(place);
  stack.defer(() => meeting.close());
  await prepareInterruptions(meeting);
  const cuts: SoundBack[] = [];
  const changes: SoundBack[] = [];
  for (let i = 0; i < times; i += 1) {
    cuts.push(await cutLine(meeting));
    changes.push(await changeLine(meeting));
  }
  return { cuts, changes };
}

/** What one in light mode sends and receives while six people talk. */
async function lightMode(place: Place, rounds: number): Promise<Wire> {
  await using stack = new AsyncDisposableStack();
  const meeting = await gather(place, LIGHT);
  stack.defer(() => meeting.close());
  const { line } = meeting.person;
  await line.change(goodLine);
  // What is brought once to be kept is none of an hour's cost.
  await withTimeout(
    meeting.page.evaluate(async () => void (await navigator.serviceWorker.ready)),
    KEPT_TIMEOUT_MS,
    'keeping the program',
  );
  const turn = () => new Promise((resolve) => setTimeout(resolve, TURNS.turnMs));
  // The others' microphones become frugal when they are told.
  await turn();
  const before = await line.counters();
  for (let i = 0; i < rounds * TURNS.order.length; i += 1) await turn();
  return wireBetween(before, await line.counters());
}
