export * from './connect/connect-node.ts';
export type { LinkChange, LinkDeps, LinkState } from './connect/link.ts';
export * from './serve/serve-control.ts';
export type { ServedNode } from './serve/handlers.ts';
export * from './directory/memory-node-directory.ts';
export * from './directory/redis-node-directory.ts';
export * from './node-links.ts';
