import type { ReceivedSound, Sample } from './probe.ts';
import { turnAt, type Turns } from './voice.ts';

/** A stretch of time, in milliseconds since 1970. */
export interface Window {
  from: number;
  to: number;
}

export interface Speaking extends Window {
  /** Who talks, by number. */
  index: number;
}

/**
 * What of a turn's beginning is left out: what was said is still on its way (600 ms on a satellite, and the jitter buffer), and
 * the silence before it is concealed by rights.
 */
const TURN_BEGINS_MS = 1500;

/** Opus in a browser is played at so many samples a millisecond. */
const SAMPLES_PER_MS = 48;

/** The turns that lie in a stretch of time, each without its beginning. */
export function speakingIn(turns: Turns, { from, to }: Window): Speaking[] {
  const found: Speaking[] = [];
  for (let at = turnAt(turns, from).began; at < to; at += turns.turnMs) {
    const window = { from: Math.max(from, at + TURN_BEGINS_MS), to: Math.min(to, at + turns.turnMs) };
    if (window.to - window.from > TURN_BEGINS_MS) found.push({ index: turnAt(turns, at).index, ...window });
  }
  return found;
}

export interface SoundMeasure {
  /** Of all samples played while somebody spoke, the share that was made up, silence and all. */
  concealed: number;
  /** The same without what the browser counts as silence: a long gap fades to it. */
  audiblyConcealed: number;
  /** Of the packets sent on, the share that did not come. */
  lost: number;
  /** How long samples waited in the jitter buffer, in milliseconds. */
  waitedMs: number;
  /** What this is from. */
  samples: number;
}

/** How well who speaks was heard in these stretches; `idsOf` gives the owners of a number, one for each that listens. */
export function soundIn(
  samples: readonly Sample[],
  speaking: readonly Speaking[],
  idsOf: (index: number) => readonly string[],
): SoundMeasure {
  const total = { samples: 0, concealed: 0, silentConcealed: 0, packets: 0, lost: 0, waited: 0, emitted: 0 };
  const voices = speaking.flatMap((window) => idsOf(window.index).map((id) => ({ window, id })));
  for (const { window, id } of voices) {
    const grown = growth<ReceivedSound>(samples, window, (sample) =>
      sample.sounds.filter(({ from }) => from === id),
    );
    for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += grown[key] ?? 0;
    // Nothing was played at all, for want of a track: that is missing too.
    const missing = (grown.ms ?? 0) * SAMPLES_PER_MS - (grown.samples ?? 0);
    if (missing > (grown.samples ?? 0)) {
      total.samples += missing;
      total.concealed += missing;
    }
  }
  const share = (part: number, whole: number) => (whole === 0 ? Number.NaN : part / whole);
  return {
    concealed: share(total.concealed, total.samples),
    audiblyConcealed: share(total.concealed - total.silentConcealed, total.samples),
    lost: share(total.lost, total.packets + total.lost),
    waitedMs: share(total.waited, total.emitted) * 1000,
    samples: total.samples,
  };
}

export interface PictureMeasure {
  /** The share of the time in which it moved. */
  moving: number;
  /** Times that it stood for a second or longer, for each minute. */
  standsPerMinute: number;
  /** The longest that it stood, in milliseconds. */
  longestMs: number;
}

const STANDS_MS = 1000;

/** How the pictures moved in these stretches: of who speaks, or of everybody in `idsOf`. */
export function picturesIn(
  samples: readonly Sample[],
  speaking: readonly Speaking[],
  idsOf: (index: number) => readonly string[],
): PictureMeasure {
  let moved = 0;
  let whole = 0;
  let stands = 0;
  let longestMs = 0;
  for (const window of speaking) {
    const within = inside(samples, window);
    for (const id of idsOf(window.index)) {
      const runs = standing(within, id);
      const all = (within.at(-1)?.at ?? 0) - (within[0]?.at ?? 0);
      const long = runs.filter((ms) => ms >= STANDS_MS);
      whole += all;
      moved += all - long.reduce((a, b) => a + b, 0);
      stands += long.length;
      longestMs = Math.max(longestMs, ...runs);
    }
  }
  return { moving: moved / whole, standsPerMinute: (stands * 60_000) / whole, longestMs };
}

/** Lengths of the times in which no frame of somebody's was decoded. */
function standing(samples: readonly Sample[], id: string): number[] {
  const runs: number[] = [];
  let since = samples[0]?.at ?? 0;
  const frames = new Map<string, number>();
  for (const { at, pictures } of samples) {
    const mine = pictures.filter(({ from }) => from === id);
    const isNew = mine.some((one) => one.frames > (frames.get(one.id) ?? one.frames));
    for (const one of mine) frames.set(one.id, one.frames);
    if (isNew) {
      runs.push(at - since);
      since = at;
    }
  }
  return [...runs, (samples.at(-1)?.at ?? since) - since];
}

/** Kilobits per second by kind in a stretch of time, both ways, as the browser counts them (RTP with its headers). */
export interface Rates {
  soundIn: number;
  picturesIn: number;
  soundOut: number;
  picturesOut: number;
  /** Of what goes out, packets sent again. */
  resent: number;
}

export function ratesIn(samples: readonly Sample[], window: Window): Rates {
  const rate = (pick: (sample: Sample) => readonly { id: string; bytes: number }[]) => {
    const grown = growth(samples, window, pick);
    return ((grown.bytes ?? 0) * 8) / (grown.ms ?? 1);
  };
  const sent = (kind: string) => rate(({ sent }) => sent.filter((one) => one.kind === kind));
  return {
    soundIn: rate(({ sounds }) => sounds),
    picturesIn: rate(({ pictures }) => pictures),
    soundOut: sent('audio'),
    picturesOut: sent('video'),
    resent: rate((sample) => sample.sent.map(({ id, resentBytes }) => ({ id, bytes: resentBytes }))),
  };
}

/** When in time the pictures of all of these moved, by the frames of every look: the first such moment after `since`. */
export function allMovingAt(
  samples: readonly Sample[],
  since: number,
  ids: readonly string[],
): number | undefined {
  const after = samples.filter(({ at }) => at >= since);
  const moving = ids.map((id) => movesAt(after, id));
  return moving.some((at) => at === undefined) ? undefined : Math.max(...moving.map((at) => at!));
}

/** The first of three looks in a row that each found new frames. */
function movesAt(samples: readonly Sample[], id: string): number | undefined {
  const frames = samples.map(({ pictures }) => pictures.filter(({ from }) => from === id));
  const isNew = frames.map((mine, i) =>
    mine.some((one) => one.frames > (frames[i - 1]?.find((other) => other.id === one.id)?.frames ?? 0)),
  );
  const first = isNew.findIndex((_, i) => i > 0 && isNew[i] && isNew[i + 1] && isNew[i + 2]);
  return first < 0 ? undefined : samples[first]!.at;
}

/** When sound of somebody's was loud again after `since`: not what was made up, but what came. */
export function soundBackAt(samples: readonly Sample[], since: number, id: string): number | undefined {
  const after = samples.filter(({ at }) => at >= since);
  const mine = after.map(({ sounds }) => sounds.filter(({ from }) => from === id));
  const first = mine.findIndex((now, i) =>
    now.some((one) => {
      const before = mine[i - 1]?.find((other) => other.id === one.id);
      return before !== undefined && one.packets > before.packets && one.energy - before.energy > LOUD;
    }),
  );
  return first < 0 ? undefined : after[first]!.at;
}

/** Energy of some tens of milliseconds of the laboratory's voice; of a room's noise it is a hundred times less. */
const LOUD = 1e-5;

const inside = (samples: readonly Sample[], { from, to }: Window) =>
  samples.filter(({ at }) => at >= from && at <= to);

/** By how much each number of some things grew in a stretch of time, things that came or went in it included. */
function growth<T extends { id: string }>(
  samples: readonly Sample[],
  window: Window,
  pick: (sample: Sample) => readonly T[],
): Partial<Record<keyof T | 'ms', number>> {
  const within = inside(samples, window);
  const total: Record<string, number> = { ms: (within.at(-1)?.at ?? 0) - (within[0]?.at ?? 0) };
  const last = new Map<string, Record<string, unknown>>();
  within.forEach((sample, i) => {
    for (const one of pick(sample)) {
      const before = last.get(one.id);
      last.set(one.id, { ...one });
      for (const [key, value] of Object.entries(one) as [string, unknown][]) {
        if (typeof value !== 'number') continue;
        // What was not there at the first look began within the window, at nothing.
        const former = before?.[key] ?? (i === 0 ? value : 0);
        if (typeof former === 'number') total[key] = (total[key] ?? 0) + value - former;
      }
    }
  });
  return total as Partial<Record<keyof T | 'ms', number>>;
}
