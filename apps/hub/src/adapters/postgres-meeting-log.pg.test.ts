import { createDatabase, type Database } from '@relais/db';
import { startTestPostgres, type TestPostgres } from '@relais/testing/test-postgres';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { meetingLogContract } from '../ports/meeting-log.contract.ts';
import { createPostgresMeetingLog } from './postgres-meeting-log.ts';

let postgres: TestPostgres;
let database: Database | undefined;

beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterEach(() => database?.close());
afterAll(() => postgres.close());

meetingLogContract('PostgreSQL', async () => {
  database = createDatabase({ url: await postgres.freshDatabase() });
  return createPostgresMeetingLog(database);
});
