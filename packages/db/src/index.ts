export * from './database.ts';
export * from './embedded-postgres.ts';
export * from './failure.ts';
export * from './logger.ts';
export * from './migrate.ts';
export * from './schema.ts';
