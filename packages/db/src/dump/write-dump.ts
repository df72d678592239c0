import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { MIGRATION_LOCK } from '../migrate.ts';
import { withClient } from '../migrations.ts';
import { DumpError, end, head, ownTables, tableLine } from './format.ts';

/** Rows that are in memory at once. */
const ROWS_AT_ONCE = 200;

/**
 * [KEEP-2] Writes all that is kept to a new file, as it was at one moment, while the product runs. The file has its name only when
 * it is whole and on the disk, and is for its owner alone. Answers the number of rows.
 */
export async function writeDump(url: string, path: string): Promise<number> {
  if (await exists(path))
    throw new DumpError(`${path} is there already. Choose another name, or put it aside.`);
  const half = `${path}.${randomUUID().slice(0, 8)}.part`;
  try {
    const rows = await withClient(url, async (client) => {
      const content = dumpOf(client);
      const counted = { rows: 0 };
      await pipeline(
        Readable.from(counting(content, counted)),
        createGzip(),
        createWriteStream(half, { flags: 'wx', mode: 0o600 }),
      );
      return counted.rows;
    });
    await sync(half);
    await rename(half, path);
    await sync(dirname(path));
    return rows;
  } finally {
    await rm(half, { force: true });
  }
}

interface Piece {
  text: string;
  rows: number;
}

async function* counting(pieces: AsyncIterable<Piece>, counted: { rows: number }): AsyncGenerator<string> {
  for await (const { text, rows } of pieces) {
    counted.rows += rows;
    yield text;
  }
  yield end(counted.rows);
}

async function* dumpOf(client: pg.Client): AsyncGenerator<Piece> {
  const tables = await openSnapshot(client);
  const taken = await client.query<{ hash: string }>(
    'select hash from drizzle.__drizzle_migrations order by created_at',
  );
  yield {
    text: head(
      Date.now(),
      taken.rows.map(({ hash }) => hash),
    ),
    rows: 0,
  };
  for (const table of tables) {
    const name = pg.escapeIdentifier(table);
    yield { text: tableLine(table), rows: 0 };
    await client.query(
      `declare dump no scroll cursor for select to_jsonb(t)::text as row from public.${name} t`,
    );
    for (;;) {
      const { rows } = await client.query<{ row: string }>(`fetch ${ROWS_AT_ONCE} from dump`);
      if (rows.length === 0) break;
      yield { text: rows.map(({ row }) => `${row}\n`).join(''), rows: rows.length };
    }
    await client.query('close dump');
  }
  await client.query('commit');
}

/** One moment for all tables. No migration changes one between the moment and the lock on it, nor after it. */
async function openSnapshot(client: pg.Client): Promise<string[]> {
  await client.query('select pg_advisory_lock_shared($1)', [MIGRATION_LOCK]);
  await client.query(`set time zone 'UTC'; set bytea_output = 'hex'`);
  await client.query('begin isolation level repeatable read read only');
  const there = await client.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' and tablename = any($1)
       and to_regclass('drizzle.__drizzle_migrations') is not null order by tablename`,
    [ownTables()],
  );
  const tables = there.rows.map(({ name }) => name);
  if (tables.length === 0)
    throw new DumpError('There is nothing of Relais in this database. Is it the right one?');
  const names = tables.map((table) => `public.${pg.escapeIdentifier(table)}`);
  await client.query(`lock table ${names.join(', ')} in access share mode`);
  await client.query('select pg_advisory_unlock_shared($1)', [MIGRATION_LOCK]);
  return tables;
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r');
  await file.sync().finally(() => file.close());
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
