import { withTimeout } from '@relais/kit';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { MIGRATIONS_FOLDER } from './migrations.ts';

/** Any number will do that no other program uses on this database: "relais" in ASCII. */
export const MIGRATION_LOCK = 0x72656c616973;
/** For the lock and each statement: another process may be at a long migration. */
const STATEMENT_TIMEOUT_MS = 120_000;
const TOTAL_TIMEOUT_MS = 300_000;

/**
 * Brings the database to the schema of this code. Several processes may start at once: an advisory lock lets one
 * do it, and the others then find it done. Rejects when the database cannot be reached or refuses.
 */
export async function migrateDatabase(url: string): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'relais-migrate',
    connectionTimeoutMillis: 5000,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS + 1000,
    keepAlive: true,
  });
  client.on('error', () => undefined); // the query under way rejects as well
  await client.connect();
  try {
    await withTimeout(migrateAlone(client), TOTAL_TIMEOUT_MS, 'migrating the database');
  } finally {
    // Ending the session releases the lock, whatever happened.
    await withTimeout(client.end(), 5000, 'leaving the database').catch(() => undefined);
  }
}

async function migrateAlone(client: pg.Client): Promise<void> {
  await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
  await client.query('set client_min_messages = warning');
  await migrate(drizzle({ client, casing: 'snake_case' }), { migrationsFolder: MIGRATIONS_FOLDER });
}
