import type { Figure, Findings } from '../lib/figure.ts';
import { median, percentile } from '../lib/stats.ts';
import type { ReceivedTrack, Seen } from './probe.ts';

/** Media is to be back within this many milliseconds of a worker's death, where there are cores for it. */
const TARGET_MS = 1500;

export interface Recovery {
  /** Milliseconds since 1970. */
  killedAt: number;
  /** What each page saw after it. */
  seen: Seen[];
  why?: string;
}

/** What happens between the death and the picture, in this order; the time of each is of the first or the last. */
const STAGES: readonly { what: string; name: string; which: 'first' | 'last' }[] = [
  { what: 'told mediaLost', name: 'mediaLost is told', which: 'first' },
  { what: 'asked media:open', name: 'media:open is asked', which: 'first' },
  { what: 'answered media:open', name: 'media:open is answered', which: 'first' },
  { what: 'asked media:produce', name: 'the last media:produce is asked', which: 'last' },
  { what: 'answered media:produce', name: 'the last media:produce is answered', which: 'last' },
  { what: 'connected send', name: 'ICE and DTLS stand, sending', which: 'first' },
  { what: 'told producerOpened', name: 'the last producer is told', which: 'last' },
  { what: 'answered media:consume', name: 'the last media:consume is answered', which: 'last' },
  { what: 'asked media:pauseConsumers', name: 'the last resuming is asked', which: 'last' },
  { what: 'connected recv', name: 'ICE and DTLS stand, receiving', which: 'first' },
];

/** Those who were there, and what became of each death. */
export interface Crowd {
  people: number;
  recoveries: readonly Recovery[];
}

/** The target is that of the smallest crowd, which leaves the server its cores. */
export function report(crowds: readonly Crowd[]): Findings {
  const all = crowds.flatMap(({ recoveries }) => recoveries);
  const failed = all.flatMap(({ why }) => why ?? []);
  return {
    bench: 'recovery',
    reference: 'none',
    figures: crowds.flatMap((crowd, i) => crowdFigures(crowd, i === 0 ? TARGET_MS : undefined)),
    notes: crowds.map(noteOf),
    broken: failed.map((why) => `not all were seen and heard again: ${why}`),
    details: crowds,
  };
}

const wholeOf = ({ recoveries }: Crowd) => recoveries.filter(({ why }) => why === undefined);
const lastPictures = (whole: readonly Recovery[]) =>
  whole.map((one) => Math.max(...times(one, 'video', 'shownAt')));

function crowdFigures(crowd: Crowd, target: number | undefined): Figure[] {
  const whole = wholeOf(crowd);
  const last = lastPictures(whole);
  const prefix = `${crowd.people} people: `;
  const figures: Figure[] = [
    { name: 'kill → all pictures move, median', unit: 'ms', ours: median(last), ...(target && { target }) },
    { name: 'kill → all pictures move, longest', unit: 'ms', ours: Math.max(...last) },
    ...spread(
      'kill → one other’s picture',
      whole.flatMap((one) => times(one, 'video', 'shownAt')),
    ),
    ...spread(
      'kill → one other’s first sound',
      whole.flatMap((one) => times(one, 'audio', 'packetAt')),
    ),
    ...STAGES.map((stage) => stageFigure(whole, stage)),
    ...trackFigures(whole),
  ];
  return figures.map((figure) => ({ ...figure, name: `${prefix}${figure.name}` }));
}

function noteOf(crowd: Crowd): string {
  const each = lastPictures(wholeOf(crowd)).map((ms) => ms.toFixed(0));
  return `${crowd.people} people in one browser, ${crowd.recoveries.length} deaths of the one worker; all pictures after ${each.join(', ')} ms.`;
}

function stageFigure(
  recoveries: readonly Recovery[],
  { what, name, which }: (typeof STAGES)[number],
): Figure {
  const ours = recoveries.flatMap(({ killedAt, seen }) =>
    seen.flatMap(({ marks }) => {
      const found = marks.filter((mark) => mark.what === what);
      const one = which === 'first' ? found[0] : found.at(-1);
      return one ? [one.at - killedAt] : [];
    }),
  );
  return { name: `… ${name}`, unit: 'ms', ours: median(ours) };
}

function trackFigures(recoveries: readonly Recovery[]): Figure[] {
  const figure = (name: string, field: 'packetAt' | 'wholeFrameAt'): Figure => ({
    name: `… ${name}`,
    unit: 'ms',
    ours: median(recoveries.flatMap((one) => times(one, 'video', field))),
  });
  return [figure('a picture’s first packet', 'packetAt'), figure('its first key frame', 'wholeFrameAt')];
}

/** Of each other person on each page the first, in milliseconds after the kill. */
function times(
  { killedAt, seen }: Recovery,
  kind: 'audio' | 'video',
  field: 'packetAt' | 'wholeFrameAt' | 'shownAt',
): number[] {
  return seen.flatMap(({ tracks }) => {
    const first = new Map<string, number>();
    for (const track of tracks.filter((one: ReceivedTrack) => one.kind === kind)) {
      const at = track[field];
      if (at !== undefined) first.set(track.from, Math.min(first.get(track.from) ?? Infinity, at));
    }
    return [...first.values()].map((at) => at - killedAt);
  });
}

function spread(name: string, values: readonly number[]): Figure[] {
  return [
    { name: `${name}, median`, unit: 'ms', ours: median(values) },
    { name: `${name}, p95`, unit: 'ms', ours: percentile(values, 0.95) },
  ];
}
