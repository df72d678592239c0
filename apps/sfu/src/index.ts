export { createSfuNode } from './node.ts';
export type { SfuNode } from './node.ts';
export type { SfuOptions } from './options.ts';
export type { SfuStats, WorkerStats } from './observe/stats.ts';
