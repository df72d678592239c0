import { withTimeout } from '@relais/kit';
import type { MediaWatch, Path, WatchedStream, WatchedTransport } from './media-watch.ts';

/** Questions to one worker that are under way at once: some tenths of a millisecond of its time. */
const AT_ONCE = 16;
/** Transports of one worker that are asked in one go; of more, the others have their turn in the next. */
const MAX_ASKED = 600;
/** Milliseconds for one answer; a worker that takes longer has better things to do. */
const TIMEOUT_MS = 1000;

/** Of one stream, as RTCP last told. */
export interface StreamSample {
  direction: 'received' | 'sent';
  path: Path;
  /** Share of packets lost, 0 to 1. */
  loss: number;
  roundTripSeconds: number | undefined;
}

/** What went through since the last look. */
export interface Traffic {
  path: Path;
  receivedBytes: number;
  sentBytes: number;
}

export interface WorkerSample {
  traffic: Traffic[];
  streams: StreamSample[];
}

/**
 * Looks at the transports of workers: bytes of each, and loss and round trip of one producer and one consumer of each,
 * another one every time. Everything that a transport carries takes the same road, so that one tells of the others,
 * and the cost grows with people, not with pairs of people.
 */
export class MediaSampler {
  readonly #watch: MediaWatch;
  #turn = 0;
  /** Bytes at the last look, by transport; forgotten with it. */
  readonly #seen = new WeakMap<object, { received: number; sent: number }>();

  constructor(watch: MediaWatch) {
    this.#watch = watch;
  }

  /** Settles when all of a turn's questions have; what fails is left out. One at a time. */
  async sample(pids: readonly number[]): Promise<Map<number, WorkerSample>> {
    this.#turn += 1;
    const samples = await Promise.all(pids.map(async (pid) => [pid, await this.#ofWorker(pid)] as const));
    return new Map(samples);
  }

  async #ofWorker(pid: number): Promise<WorkerSample> {
    const sample: WorkerSample = { traffic: [], streams: [] };
    const asked = turnOf(this.#watch.transports(pid), this.#turn);
    for (let i = 0; i < asked.length; i += AT_ONCE) {
      const slice = asked.slice(i, i + AT_ONCE);
      const answered = await Promise.all(slice.map((transport) => this.#ofTransport(transport, sample)));
      // A worker that answers nothing is not asked on: that would be one timeout after another.
      if (!answered.some(Boolean)) break;
    }
    return sample;
  }

  /** False when it did not answer. */
  async #ofTransport(watched: WatchedTransport, sample: WorkerSample): Promise<boolean> {
    const { transport, path } = watched;
    if (transport.closed) return true;
    const asked = [
      this.#bytes(watched).then((traffic) => sample.traffic.push({ path, ...traffic })),
      this.#streams(watched.producers, 'received', path, sample),
      this.#streams(watched.consumers, 'sent', path, sample),
    ];
    const outcomes = await Promise.allSettled(asked);
    return transport.closed || outcomes[0]?.status === 'fulfilled';
  }

  async #bytes({ transport }: WatchedTransport) {
    const [stats] = await withTimeout(transport.getStats(), TIMEOUT_MS, 'transport stats');
    const received = numberIn(stats, 'bytesReceived') ?? 0;
    const sent = numberIn(stats, 'bytesSent') ?? 0;
    const before = this.#seen.get(transport) ?? { received: 0, sent: 0 };
    this.#seen.set(transport, { received, sent });
    return {
      receivedBytes: Math.max(0, received - before.received),
      sentBytes: Math.max(0, sent - before.sent),
    };
  }

  async #streams(
    streams: ReadonlySet<WatchedStream>,
    direction: StreamSample['direction'],
    path: Path,
    sample: WorkerSample,
  ): Promise<void> {
    const stream = [...streams][this.#turn % Math.max(1, streams.size)];
    if (!stream || stream.closed) return;
    const all = await withTimeout(stream.getStats(), TIMEOUT_MS, 'stream stats');
    const type = direction === 'sent' ? 'outbound-rtp' : 'inbound-rtp';
    for (const stats of all) {
      const read = streamSample(stats, type);
      if (read) sample.streams.push({ direction, path, ...read });
    }
  }
}

/** All of them, or as many as one turn may ask, beginning where the last one ended. */
function turnOf(all: readonly WatchedTransport[], turn: number): WatchedTransport[] {
  if (all.length <= MAX_ASKED) return [...all];
  const from = (turn * MAX_ASKED) % all.length;
  return [...all.slice(from), ...all.slice(0, from)].slice(0, MAX_ASKED);
}

/** Undefined for the other end's side of it, and for a stream that nothing has come through. */
function streamSample(
  stats: object,
  type: string,
): Pick<StreamSample, 'loss' | 'roundTripSeconds'> | undefined {
  if (!('type' in stats) || stats.type !== type || !numberIn(stats, 'packetCount')) return undefined;
  const roundTripMs = numberIn(stats, 'roundTripTime') ?? 0;
  return {
    // RFC 3550, 6.4.1: a fixed point number, in 256ths.
    loss: Math.min(1, (numberIn(stats, 'fractionLost') ?? 0) / 256),
    // 0 until the first report of the other end.
    roundTripSeconds: roundTripMs > 0 ? roundTripMs / 1000 : undefined,
  };
}

function numberIn(stats: unknown, name: string): number | undefined {
  if (typeof stats !== 'object' || stats === null) return undefined;
  const value = (stats as Record<string, unknown>)[name];
  return typeof value === 'number' ? value : undefined;
}
