export { createSfuNode } from './node.ts';
export type { SfuNode } from './node.ts';
export type { Neighbours, PipeListen, SfuOptions } from './options.ts';
export type { SfuStats, WorkerStats } from './observe/stats.ts';
export { createMediaMetrics } from './observe/media-metrics.ts';
export type { MediaMetrics } from './observe/media-metrics.ts';
export { watchMedia } from './observe/media-watch.ts';
export type { MediaWatch } from './observe/media-watch.ts';
export { nodeOverviewOf } from './observe/node-overview.ts';
