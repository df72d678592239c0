import { databaseFailure, type Database } from '@relais/db';
import { fail, ok, type Result } from '@relais/kit';

export type Unavailable = { kind: 'unavailable' };

/** What the database answers, or that it is away; anything else that it throws is a defect. */
export async function attempt<T>(
  { logger }: Database,
  query: () => Promise<T>,
): Promise<Result<T, Unavailable>> {
  try {
    return ok(await query());
  } catch (error) {
    const failure = databaseFailure(error);
    if (failure.kind !== 'unavailable') throw error;
    logger.warn({ reason: failure.reason }, 'personal information is unavailable');
    return fail({ kind: 'unavailable' });
  }
}
