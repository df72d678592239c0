import { createProcessMetrics, watchProcessLoad, type ProcessLoad, type Registry } from '@relais/metrics';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { Owned } from './owned.ts';
import manifest from '../package.json' with { type: 'json' };

/** What every role of this process has: settings, logger, what it owns, how it is measured. */
export interface Frame {
  config: Config;
  logger: Logger;
  owned: Owned;
  version: string;
  /** Milliseconds since 1970. */
  startedAt: number;
  registry: Registry;
  load: () => ProcessLoad;
}

export function createFrame(config: Config, logger: Logger): Frame {
  const owned = new Owned(logger);
  const { version } = manifest;
  const load = owned.own('measure of the process', watchProcessLoad(), async (watch) => watch.close());
  return {
    config,
    logger,
    owned,
    version,
    startedAt: Date.now(),
    registry: createProcessMetrics({ version, role: config.RELAIS_ROLE }),
    load: () => load.read(),
  };
}
