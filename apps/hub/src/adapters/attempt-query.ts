import { databaseFailure, type Database } from '@relais/db';
import { fail, ok, type Result } from '@relais/kit';
import type { Unavailable } from '../ports/people-store.ts';

/** A query whose failure passes by itself is `unavailable`, and logged as such; a defect throws. */
export function createAttempt(logger: Database['logger'], what: string) {
  return async function attempt<T>(query: () => Promise<T>): Promise<Result<T, Unavailable>> {
    try {
      return ok(await query());
    } catch (error) {
      const failure = databaseFailure(error);
      if (failure.kind !== 'unavailable') throw error;
      logger.warn({ reason: failure.reason }, `${what} are unavailable`);
      return fail({ kind: 'unavailable' });
    }
  };
}
