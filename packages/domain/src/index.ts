export * from './decide.ts';
export * from './evolve.ts';
export * from './live.ts';
export * from './line/limits.ts';
export * from './line/modes.ts';
export * from './people.ts';
export * from './wanted-producers.ts';
