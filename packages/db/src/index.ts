export * from './database.ts';
export * from './embedded-postgres.ts';
export * from './failure.ts';
export * from './logger.ts';
export { migrateDatabase } from './migrate.ts';
export { type Migration, readMigrations, takeMigrations, withClient } from './migrations.ts';
export * from './schema.ts';
