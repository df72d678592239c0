import { fileURLToPath } from 'node:url';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { withTimeout } from '@relais/kit';
import pg from 'pg';

export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../migrations', import.meta.url));

/** One step of the schema. `hash` is what a migrated database knows it by. */
export interface Migration {
  hash: string;
  /** What drizzle orders them by. */
  at: number;
  statements: readonly string[];
}

/** All steps from an empty database to the schema of this code, in order. */
export function readMigrations(): Migration[] {
  return readMigrationFiles({ migrationsFolder: MIGRATIONS_FOLDER }).map(({ hash, folderMillis, sql }) => ({
    hash,
    at: folderMillis,
    statements: sql,
  }));
}

/**
 * Takes these steps in the client's transaction, if it is in one, and notes them where drizzle looks for what was taken: for a
 * database as a former version left it, which `migrateDatabase` then leads on.
 */
export async function takeMigrations(client: pg.ClientBase, steps: readonly Migration[]): Promise<void> {
  await client.query('create schema if not exists drizzle');
  await client.query(
    'create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)',
  );
  for (const { hash, at, statements } of steps) {
    for (const statement of statements) await client.query(statement);
    await client.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', [
      hash,
      at,
    ]);
  }
}

/** A connection for work that is no person's request and may take its time. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'relais-work',
    connectionTimeoutMillis: 5000,
    keepAlive: true,
  });
  client.on('error', () => undefined); // the query under way rejects as well
  await client.connect();
  try {
    return await work(client);
  } finally {
    await withTimeout(client.end(), 5000, 'leaving the database').catch(() => undefined);
  }
}
