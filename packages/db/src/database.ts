import { withTimeout } from '@relais/kit';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { type Logger, silentLogger } from './logger.ts';
import * as schema from './schema.ts';

/** Waiting for a free connection of the pool, or for a new one to be made. */
const CONNECT_TIMEOUT_MS = 3000;
/** The server gives a statement up after this long. */
const STATEMENT_TIMEOUT_MS = 5000;
/** We give it up a little later, when the server itself no longer answers; that connection is then thrown away. */
const QUERY_TIMEOUT_MS = 5500;
/** The longest that one query may take to settle, whatever became of the server. */
export const DATABASE_SETTLES_MS = CONNECT_TIMEOUT_MS + QUERY_TIMEOUT_MS;
/** Connections of one process: a query of ours takes about a millisecond, so few are busy at once. */
const POOL_MAX = 10;

export interface Database {
  readonly orm: NodePgDatabase<typeof schema>;
  readonly logger: Logger;
  /** Lets queries under way end (bounded by their timeouts), then closes the connections. */
  close(): Promise<void>;
}

/** Connects when first asked; a connection that breaks is replaced by the next query. */
export function createDatabase(deps: { url: string; logger?: Logger }): Database {
  const { url, logger = silentLogger } = deps;
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'relais',
    max: POOL_MAX,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  });
  // Without a listener, an idle connection that breaks would end the process.
  pool.on('error', (error) => logger.warn({ reason: error.message }, 'a database connection broke'));
  let closing: Promise<void> | undefined;
  return {
    orm: drizzle({ client: pool, schema, casing: 'snake_case' }),
    logger,
    close: () => (closing ??= withTimeout(pool.end(), DATABASE_SETTLES_MS, 'closing the database')),
  };
}
