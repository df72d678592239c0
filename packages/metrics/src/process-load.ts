import { monitorEventLoopDelay } from 'node:perf_hooks';

const NS_PER_MS = 1e6;
/** Milliseconds between two readings. */
const EVERY_MS = 10_000;
/** Milliseconds between two looks at the clock; what is measured holds this much more than the delay itself. */
const RESOLUTION_MS = 10;

export interface ProcessLoad {
  /** Of the last ten seconds. */
  eventLoopDelayMs: { p50: number; p99: number };
  /** One processor that is fully used is 1. */
  cpu: number;
  memoryBytes: number;
}

/** What this process costs, read every ten seconds. */
export function watchProcessLoad(): { read(): ProcessLoad; close(): void } {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  let usage = process.cpuUsage();
  let at = performance.now();
  let last: Omit<ProcessLoad, 'memoryBytes'> = { eventLoopDelayMs: { p50: 0, p99: 0 }, cpu: 0 };
  const timer = setInterval(take, EVERY_MS);
  timer.unref();
  // Something to tell in the first seconds as well.
  const first = setTimeout(take, 1000);
  first.unref();
  return {
    read: () => ({ ...last, memoryBytes: process.memoryUsage.rss() }),
    close: () => {
      clearInterval(timer);
      clearTimeout(first);
      delays.disable();
    },
  };

  function take(): void {
    const { user, system } = process.cpuUsage(usage);
    const tookMs = performance.now() - at;
    last = {
      eventLoopDelayMs: { p50: delayAt(50), p99: delayAt(99) },
      cpu: (user + system) / 1000 / tookMs,
    };
    delays.reset();
    usage = process.cpuUsage();
    at = performance.now();
  }

  function delayAt(percentile: number): number {
    const ms = delays.percentile(percentile) / NS_PER_MS - RESOLUTION_MS;
    return Number.isFinite(ms) ? Math.max(0, ms) : 0;
  }
}
