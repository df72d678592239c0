import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

export interface BuildInfo {
  version: string;
  /** RELAIS_ROLE: `all`, `hub` or `sfu`. */
  role: string;
}

/**
 * What every process tells of itself, once, whatever parts it runs: memory, processor, open files, the event loop's
 * delay (since the last reading), collections of garbage, and which build it is.
 */
export function createProcessMetrics({ version, role }: BuildInfo): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'relais_build_info',
    help: 'Always 1; the labels say which build runs here, and as what.',
    labelNames: ['version', 'role', 'node_version'],
    registers: [registry],
  }).set({ version, role, node_version: process.version }, 1);
  return registry;
}
