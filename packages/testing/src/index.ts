export * from './media-fixtures.ts';
export * from './memory-media-node.ts';
