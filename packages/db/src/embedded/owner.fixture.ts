import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabase } from '../database.ts';
import { startEmbeddedPostgres } from '../embedded-postgres.ts';
import { silentLogger } from '../logger.ts';

/**
 * A program that owns a built-in PostgreSQL and is killed by a test: it writes one row after another into the
 * folder given, and says each number only when the database has acknowledged it.
 */
const [dataDir = '', work = 'write'] = process.argv.slice(2);
const say = (word: string) => process.stdout.write(`${word}\n`);

try {
  const server = await startEmbeddedPostgres({ dataDir, logger: silentLogger });
  process.once('SIGTERM', () => void server.close().then(() => process.exit(0)));
  const database = createDatabase({ url: server.url });
  await database.orm.execute('create table if not exists rows (number serial)');
  say(`started ${server.url}`);
  while (work === 'write') {
    const { rows } = await database.orm.execute('insert into rows default values returning number');
    say(`row ${String(rows[0]?.['number'])}`);
  }
  await sleep(600_000);
} catch (error) {
  say(`refused ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`);
  process.exit(1);
}
