import { DrizzleQueryError } from 'drizzle-orm/errors';
import pg from 'pg';

/** What a failed query means to who asked. */
export type DatabaseFailure =
  /** The server is away, stopping, full or too slow: the same may succeed later. A write may have been done. */
  | { kind: 'unavailable'; reason: string }
  /** A unique constraint or index said no; nothing was written. */
  | { kind: 'notUnique'; constraint: string };

/** Classes and codes of SQLSTATE that pass by themselves (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const PASSING = [
  /^08/, // connection exceptions
  /^53/, // insufficient resources: disk, memory, connections
  /^57P0/, // the server is stopping, crashed or starting
  /^57014$/, // cancelled by statement_timeout
  /^58/, // system errors, I/O among them
  /^40/, // rolled back: serialisation, deadlock
  /^55P03$/, // a lock was not to be had
  /^25006$/, // read-only: a standby after a failover
];
const UNIQUE_VIOLATION = '23505';

/** Tells an expected failure from a defect; a defect is thrown. */
export function databaseFailure(error: unknown): DatabaseFailure {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  if (cause instanceof pg.DatabaseError) return fromServer(cause);
  // Anything else that a query fails with is pg's or the system's word for a connection that broke or timed out.
  if (error instanceof DrizzleQueryError && cause instanceof Error && !isDefect(cause)) {
    return { kind: 'unavailable', reason: cause.message };
  }
  // A transaction takes its connection before its first query: what fails then is not wrapped.
  if (cause instanceof Error && isOfConnection(cause)) return { kind: 'unavailable', reason: cause.message };
  throw cause;
}

function fromServer(error: pg.DatabaseError): DatabaseFailure {
  const code = error.code ?? '';
  if (PASSING.some((pattern) => pattern.test(code)))
    return { kind: 'unavailable', reason: `SQLSTATE ${code}` };
  if (code === UNIQUE_VIOLATION) return { kind: 'notUnique', constraint: error.constraint ?? '' };
  throw new DatabaseDefect(error);
}

/** The system's word for a connection that is not to be had, or pg's, which has no code. */
function isOfConnection(error: Error): boolean {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return (
    /^E[A-Z]+$/.test(code) ||
    /^(timeout exceeded when trying to connect|Connection terminated)/.test(error.message)
  );
}

function isDefect(error: Error): boolean {
  return error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
}

/** An SQL error that should not be. It leaves out the values, which may be what somebody wrote in private. */
export class DatabaseDefect extends Error {
  override readonly name = 'DatabaseDefect';
  constructor(error: pg.DatabaseError) {
    super(
      `SQLSTATE ${error.code}: ${error.message} (${error.table ?? 'no table'}, ${error.constraint ?? '-'})`,
    );
  }
}
