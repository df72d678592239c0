import { createWorker } from 'mediasoup';
import type { types } from 'mediasoup';
import { withTimeout } from '@relais/kit';
import type { SfuSettings } from '../options.ts';

/** A worker starts in some 50 ms; far more than that and it will not. */
export const START_TIMEOUT_MS = 5000;

/** A worker process that listens nowhere yet; rejects when it does not start in time. */
export function startProcess({ workerBin, logger }: SfuSettings): Promise<types.Worker> {
  const settings: types.WorkerSettings = { logLevel: logger.isLevelEnabled('debug') ? 'warn' : 'error' };
  if (workerBin !== undefined) settings.workerBin = workerBin;
  const starting = leavingSignalsAlone(() => createWorker(settings));
  return withTimeout(starting, START_TIMEOUT_MS, 'starting a worker').catch((error: unknown) => {
    starting.then(closeIfClosable, () => undefined);
    throw error;
  });
}

/**
 * mediasoup has every worker listen to SIGINT and SIGTERM, close itself, and so keep Node from ending. Signals
 * belong to whoever composes the process: it closes the node, and the node its workers. Should it end without,
 * the workers see their pipe close and end too.
 */
function leavingSignalsAlone<T>(start: () => T): T {
  const before = SIGNALS.map((signal) => new Set(process.listeners(signal)));
  const started = start();
  SIGNALS.forEach((signal, i) => {
    for (const listener of process.listeners(signal)) {
      if (!before[i]?.has(listener)) process.removeListener(signal, listener);
    }
  });
  return started;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** What was made too late for anybody to want it. */
export function closeIfClosable(made: unknown): void {
  if (isClosable(made)) made.close();
}

function isClosable(made: unknown): made is { close(): void } {
  return typeof made === 'object' && made !== null && 'close' in made && typeof made.close === 'function';
}
