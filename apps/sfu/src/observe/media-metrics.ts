import { quantileOf, Registry } from '@relais/metrics';
import type { Logger } from 'pino';
import { streamMeters, workerGauges } from './media-meters.ts';
import { MediaSampler, type StreamSample, type WorkerSample } from './media-sampler.ts';
import type { MediaWatch } from './media-watch.ts';
import type { SfuStats, WorkerStats } from './stats.ts';

/** Milliseconds from the end of one look at the workers to the next. */
const EVERY_MS = 5000;

export interface MediaMetricsDeps {
  node: { stats(): Promise<SfuStats> };
  /** Made before the node. */
  watch: MediaWatch;
  /** RELAIS_MEDIA_BUDGET: consumers that one worker may carry. */
  budget: number;
  logger: Logger;
  everyMs?: number;
}

/** One worker at the last look. */
export interface WorkerLook extends WorkerStats {
  pipes: number;
  /** One processor that is fully used is 1; null until there are two looks at one process. */
  cpu: number | null;
}

/** What the node's last look at its workers showed. */
export interface MediaSample {
  workers: WorkerLook[];
  receivedBps: number;
  sentBps: number;
  loss: { p50: number; p99: number } | null;
  roundTripSeconds: { p50: number; p99: number } | null;
}

export interface MediaMetrics {
  registry: Registry;
  last(): MediaSample;
  /** Looks now; for tests, and called by itself every five seconds. */
  sample(): Promise<void>;
  close(): void;
}

const NOTHING: MediaSample = { workers: [], receivedBps: 0, sentBps: 0, loss: null, roundTripSeconds: null };

/** The media node's measures, in a registry of its own. Looks at the workers every five seconds until it is closed. */
export function createMediaMetrics(deps: MediaMetricsDeps): MediaMetrics {
  const { node, watch, budget, logger, everyMs = EVERY_MS } = deps;
  const registry = new Registry();
  const sampler = new MediaSampler(watch);
  const meters = streamMeters(registry);
  let last = NOTHING;
  let at = performance.now();
  let under: Promise<void> | undefined;
  let closed = false;
  workerGauges(registry, { budget, workers: () => last.workers });
  let timer = setTimeout(tick, 0);
  timer.unref();

  const sample = () => (under ??= look().finally(() => (under = undefined)));
  return {
    registry,
    last: () => last,
    sample,
    close: () => {
      closed = true;
      clearTimeout(timer);
      watch.close();
    },
  };

  function tick(): void {
    sample()
      .catch((error: unknown) => logger.warn({ err: error }, 'the workers could not be looked at'))
      .finally(() => {
        if (closed) return;
        timer = setTimeout(tick, everyMs);
        timer.unref();
      });
  }

  async function look(): Promise<void> {
    const startedAt = performance.now();
    const { workers } = await node.stats();
    const samples = await sampler.sample(workers.flatMap(({ pid }) => pid ?? []));
    const now = performance.now();
    meters.sampleDuration.observe((now - startedAt) / 1000);
    for (const { index, pid } of workers) measure(index, pid === null ? undefined : samples.get(pid));
    last = sampleOf(workers, [...samples.values()], Math.max(1, startedAt - at) / 1000);
    at = startedAt;
  }

  function measure(index: number, sample: WorkerSample | undefined): void {
    const worker = String(index);
    for (const { path, receivedBytes, sentBytes } of sample?.traffic ?? []) {
      meters.received.inc({ worker, path }, receivedBytes);
      meters.sent.inc({ worker, path }, sentBytes);
    }
    for (const { direction, path, loss, roundTripSeconds } of sample?.streams ?? []) {
      meters.loss.observe({ direction, path }, loss);
      if (roundTripSeconds !== undefined) meters.roundTrip.observe({ path }, roundTripSeconds);
    }
  }

  function sampleOf(workers: readonly WorkerStats[], samples: WorkerSample[], seconds: number): MediaSample {
    const traffic = samples.flatMap((sample) => sample.traffic).filter(({ path }) => path === 'webrtc');
    const streams = samples.flatMap((sample) => sample.streams).filter(({ path }) => path === 'webrtc');
    const bits = (count: (one: (typeof traffic)[number]) => number) =>
      // The first look finds all that ever came through: no rate yet.
      last === NOTHING ? 0 : (8 * traffic.reduce((sum, one) => sum + count(one), 0)) / seconds;
    return {
      workers: workers.map((worker) => lookAt(worker, seconds)),
      receivedBps: bits((one) => one.receivedBytes),
      sentBps: bits((one) => one.sentBytes),
      loss: spreadOf(streams, (stream) => stream.loss),
      roundTripSeconds: spreadOf(streams, (stream) => stream.roundTripSeconds),
    };
  }

  function lookAt(worker: WorkerStats, seconds: number): WorkerLook {
    const { pid, cpuMs } = worker;
    const before = last.workers.find((one) => one.pid === pid)?.cpuMs;
    const known = pid !== null && cpuMs !== null && before !== undefined && before !== null;
    return {
      ...worker,
      pipes: pid === null ? 0 : watch.transports(pid).filter(({ path }) => path === 'pipe').length,
      cpu: known ? Math.max(0, cpuMs - before) / 1000 / seconds : null,
    };
  }
}

function spreadOf(streams: readonly StreamSample[], read: (stream: StreamSample) => number | undefined) {
  const sorted = streams.flatMap((stream) => read(stream) ?? []).sort((a, b) => a - b);
  return sorted.length === 0 ? null : { p50: quantileOf(sorted, 0.5), p99: quantileOf(sorted, 0.99) };
}
