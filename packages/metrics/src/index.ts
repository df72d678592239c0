// The one importer of prom-client: who measures takes its classes from here.
export { Counter, Gauge, Histogram, Registry } from 'prom-client';
export * from './admin-token.ts';
export * from './buckets.ts';
export * from './metrics-route.ts';
export * from './process-metrics.ts';
export * from './overview-route.ts';
export * from './process-load.ts';
export * from './recent.ts';
