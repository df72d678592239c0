export * from './result.ts';
export * from './serial.ts';
export * from './timing.ts';
export * from './unreachable.ts';
