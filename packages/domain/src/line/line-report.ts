import { nextSteadiness, ownLength, UNSTEADY, type Steadiness } from './own-length.ts';

/** One RTP stream as a browser has counted it since it began. */
export interface StreamCount {
  id: string;
  direction: 'in' | 'out';
  carries: 'sound' | 'picture';
  /** With RTP headers. */
  bytes: number;
  packets: number;
  /** In: packets that never came. */
  lost: number;
  /** Sound that came in: samples played, and those of them that were made up, silence apart. */
  samples: number;
  concealed: number;
  /** Pictures that came in and were decoded. */
  frames: number;
  /** In: a picture that should move, as far as is known here. */
  isAwaited: boolean;
  /** Out: the share of packets that the other end missed of late, as it last said, from 0 to 1; and how often it has said. */
  remoteLoss: number | undefined;
  remoteReports: number;
}

export type LinePath = 'udp' | 'tcp' | 'relay';

/** What a browser counts of its two transports at one moment. */
export interface LineSample {
  /** Milliseconds of a clock that only goes forward. */
  at: number;
  streams: readonly StreamCount[];
  /** Which ways the packets take: another value is another line. */
  pathId: string;
  path: LinePath | undefined;
  /** Round trips counted so far and their sum in milliseconds: the difference of two samples is an average. */
  roundTrips: number;
  roundTripSumMs: number;
  /** What the browser believes that it may send, in bit/s. */
  estimate: number | undefined;
}

/** One direction of a line over one report's time. Rates in bit/s, shares from 0 to 1. */
export interface DirectionReport {
  sound: number;
  picture: number;
  /** Undefined when nothing tells. */
  loss: number | undefined;
  /** What was lost of late, on average over some seconds, the latest most: a second of speech has some 17 packets. */
  lossLately?: number;
  /** Bit/s at which a few kilobytes passed that were sent to find out (`Side.asksRoom`); undefined: none were. */
  room?: number | undefined;
}

/** How a line was between two samples. */
export interface LineReport {
  at: number;
  spanMs: number;
  path: LinePath | undefined;
  roundTripMs: number | undefined;
  /** Whether it was measured since the last report: a queue that filled since would not be known otherwise. */
  isTripNew?: boolean;
  /** How much longer the round trip is than this line's shortest: packets wait in a queue. */
  queueMs: number;
  down: DirectionReport & {
    /** The share of played sound that was made up; undefined while there was too little sound to tell. */
    concealed: number | undefined;
    /** Pictures that moved, of those that should. */
    moving: number;
    open: number;
  };
  up: DirectionReport & { estimate: number | undefined };
}

/** What is kept from one sample to the next. */
export interface LineMemory {
  last: LineSample | undefined;
  roundTripMs: number | undefined;
  /** The shortest round trips of this line, of this period and of the one before. */
  shortest: { since: number; now: number; before: number };
  /** What says that a long round trip is the line's own. */
  steady: Steadiness;
  /** The shares of packets lost of late. */
  lost: Readonly<Record<'down' | 'up', number>>;
  /** Pictures that did not go or come of late; and since when those do again that had not. */
  resting: ReadonlySet<string>;
  resumed: ReadonlyMap<string, number>;
  /** Sounds that have just begun, and since when. */
  begun: ReadonlyMap<string, number>;
}

export const NO_LINE_MEMORY: LineMemory = {
  last: undefined,
  roundTripMs: undefined,
  shortest: { since: 0, now: Number.POSITIVE_INFINITY, before: Number.POSITIVE_INFINITY },
  steady: UNSTEADY,
  lost: { down: 0, up: 0 },
  resting: new Set(),
  resumed: new Map(),
  begun: new Map(),
};

/** A line's shortest round trip is believed for between one and two of these, in milliseconds. */
const SHORTEST_MS = 5 * 60_000;

/** Fewer samples than half a second of sound say nothing of how it was: somebody was silent. */
const ENOUGH_SAMPLES = 24_000;

/**
 * Milliseconds for which a picture that is sent again says nothing of the line: what was lost of its end, before it was given up,
 * is missed only when more comes, and told as if it had been lost now (measured: 14 and 32 % on a line that lost nothing).
 */
const TAIL_MS = 2500;

/**
 * Milliseconds in which a sound that begins says nothing of what is missing: until its decoder has found the pace, a browser makes up
 * what came in time (measured on loopback, going to another room: 15 to 40 % of a second). A voice that comes back after silence does.
 */
const BEGINS_MS = 1500;

/** What one report more counts for in what was lost of late. */
const LATEST = 0.25;

/** Packets in a second: a voice has 17 at least, silence (DTX) 3 at most. */
const ENOUGH_OF_A_VOICE = 5;

/** Fewer packets than these in a second say nothing of loss. */
const ENOUGH_PACKETS = 8;

/** The next sample turned into a report; none of the first, or when the line is another one. Pure. */
export function measureLine(
  memory: LineMemory,
  sample: LineSample,
): { memory: LineMemory; report: LineReport | undefined } {
  const { last } = memory;
  const isSame = last !== undefined && last.pathId === sample.pathId && sample.at > last.at;
  if (!isSame) return { memory: { ...NO_LINE_MEMORY, last: sample }, report: undefined };
  const newTripMs = roundTripOf(last, sample);
  const roundTripMs = newTripMs ?? memory.roundTripMs;
  const shortest = shortestOf(memory.shortest, roundTripMs, sample.at);
  const queueMs = roundTripMs === undefined ? 0 : roundTripMs - Math.min(shortest.now, shortest.before);
  const deltas = deltasOf(last, sample);
  const rests = restsOf(memory, deltas, sample.at);
  const isTail = ({ id }: StreamCount) =>
    sample.at - (rests.resumed.get(id) ?? Number.NEGATIVE_INFINITY) < TAIL_MS;
  const begun = begunOf(memory.begun, last, sample);
  const telling = deltas
    .map((delta) => (isTail(delta) ? { ...delta, remoteLoss: undefined, lost: 0 } : delta))
    .map((delta) => (begun.has(delta.id) ? { ...delta, samples: 0, concealed: 0 } : delta));
  const now = reportOf(sample.at - last.at, sample, telling, {
    roundTripMs,
    isTripNew: newTripMs !== undefined,
    queueMs: Math.max(0, queueMs),
  });
  const lost = { down: lately(memory.lost.down, now.down.loss), up: lately(memory.lost.up, now.up.loss) };
  const report = {
    ...now,
    down: { ...now.down, lossLately: lost.down },
    up: { ...now.up, lossLately: lost.up },
  };
  const steady = nextSteadiness(memory.steady, report, newTripMs);
  const ownMs = ownLength(steady, sample.at);
  const known = ownMs === undefined ? shortest : { since: sample.at, now: ownMs, before: ownMs };
  return { memory: { last: sample, roundTripMs, shortest: known, steady, lost, ...rests, begun }, report };
}

const lately = (before: number, loss: number | undefined): number =>
  loss === undefined ? before : before + LATEST * (loss - before);

/** What rests after this sample, and what goes or comes again since when. */
function restsOf(
  { resting, resumed }: LineMemory,
  deltas: readonly StreamCount[],
  at: number,
): Pick<LineMemory, 'resting' | 'resumed'> {
  const pictures = deltas.filter(({ carries }) => carries === 'picture');
  const isSent = ({ packets }: StreamCount) => packets > 0;
  const since = pictures.filter(isSent).flatMap(({ id }): [string, number][] => {
    const from = resting.has(id) ? at : resumed.get(id);
    return from === undefined ? [] : [[id, from]];
  });
  const now = pictures.filter((picture) => !isSent(picture)).map(({ id }) => id);
  return { resting: new Set(now), resumed: new Map(since) };
}

function begunOf(
  begun: LineMemory['begun'],
  last: LineSample,
  { at, streams }: LineSample,
): LineMemory['begun'] {
  const known = new Set(last.streams.map(({ id }) => id));
  return new Map(
    streams
      .filter(({ direction, carries }) => direction === 'in' && carries === 'sound')
      .map(({ id }): [string, number] => [
        id,
        known.has(id) ? (begun.get(id) ?? Number.NEGATIVE_INFINITY) : at,
      ])
      .filter(([, since]) => at - since < BEGINS_MS),
  );
}

function reportOf(
  spanMs: number,
  sample: LineSample,
  deltas: readonly StreamCount[],
  trip: Pick<LineReport, 'roundTripMs' | 'isTripNew' | 'queueMs'>,
): LineReport {
  const ins = deltas.filter(({ direction }) => direction === 'in');
  const outs = deltas.filter(({ direction }) => direction === 'out');
  const pictures = ins.filter(({ isAwaited }) => isAwaited);
  return {
    at: sample.at,
    spanMs,
    path: sample.path,
    ...trip,
    down: {
      ...ratesOf(ins, spanMs),
      loss: lossOf(ins),
      concealed: concealedOf(ins),
      moving: pictures.filter(({ frames }) => frames > 0).length,
      open: pictures.length,
    },
    up: { ...ratesOf(outs, spanMs), loss: remoteLossOf(outs), estimate: sample.estimate },
  };
}

function roundTripOf(last: LineSample, sample: LineSample): number | undefined {
  const count = sample.roundTrips - last.roundTrips;
  return count > 0 ? (sample.roundTripSumMs - last.roundTripSumMs) / count : undefined;
}

function shortestOf(
  { since, now, before }: LineMemory['shortest'],
  roundTripMs: number | undefined,
  at: number,
): LineMemory['shortest'] {
  const next = Math.min(now, roundTripMs ?? Number.POSITIVE_INFINITY);
  return at - since < SHORTEST_MS
    ? { since, now: next, before }
    : { since: at, now: roundTripMs ?? now, before: next };
}

/** What each stream counted since the last sample; of one that is new, or began anew, all. */
function deltasOf(last: LineSample, sample: LineSample): StreamCount[] {
  const before = new Map(last.streams.map((stream) => [stream.id, stream]));
  return sample.streams.map((stream) => {
    const then = before.get(stream.id);
    if (!then || then.packets > stream.packets) return stream;
    return {
      ...stream,
      bytes: stream.bytes - then.bytes,
      packets: stream.packets - then.packets,
      // A packet counted as lost may come after all.
      lost: Math.max(0, stream.lost - then.lost),
      samples: stream.samples - then.samples,
      concealed: stream.concealed - then.concealed,
      frames: stream.frames - then.frames,
      // Said before, it is no news.
      remoteLoss: stream.remoteReports > then.remoteReports ? stream.remoteLoss : undefined,
    };
  });
}

const sum = (streams: readonly StreamCount[], of: (stream: StreamCount) => number) =>
  streams.reduce((total, stream) => total + of(stream), 0);

function ratesOf(streams: readonly StreamCount[], spanMs: number): { sound: number; picture: number } {
  const rate = (carries: StreamCount['carries']) =>
    (sum(streams, (stream) => (stream.carries === carries ? stream.bytes : 0)) * 8000) / spanMs;
  return { sound: rate('sound'), picture: rate('picture') };
}

/**
 * By sound alone where there is enough: pictures' lost packets are sent again, and their counts come late. Never by what nobody waits
 * for: the media node's probes count on from burst to burst by numbers of their own, and what lies between is told as lost (measured:
 * 44 % every ten seconds on a line that lost nothing).
 */
function lossOf(streams: readonly StreamCount[]): number | undefined {
  const sounds = streams.filter(({ carries }) => carries === 'sound');
  for (const some of [sounds, [...sounds, ...streams.filter(({ isAwaited }) => isAwaited)]]) {
    const lost = sum(some, (stream) => stream.lost);
    const all = lost + sum(some, (stream) => stream.packets);
    if (all >= ENOUGH_PACKETS) return lost / all;
  }
  return undefined;
}

/** Of the voices that were there: those who are silent play silence all the time, of which nothing is missing. */
function concealedOf(streams: readonly StreamCount[]): number | undefined {
  const voices = streams.filter(({ packets, lost }) => packets + lost >= ENOUGH_OF_A_VOICE);
  const samples = sum(voices, (stream) => stream.samples);
  return samples < ENOUGH_SAMPLES ? undefined : sum(voices, (stream) => stream.concealed) / samples;
}

function remoteLossOf(streams: readonly StreamCount[]): number | undefined {
  const told = streams
    .filter(({ packets }) => packets > 0)
    .flatMap(({ remoteLoss }) => (remoteLoss === undefined ? [] : [remoteLoss]));
  return told.length === 0 ? undefined : Math.max(...told);
}
