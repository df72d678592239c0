import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { migrateDatabase, MIGRATION_LOCK } from '../migrate.ts';
import { type Migration, readMigrations, takeMigrations, withClient } from '../migrations.ts';
import { cutOff, DumpError, type DumpHead, linesOf, OURS, ownTables, readLine } from './format.ts';

/** What goes to the server in one statement: so many rows, or so many characters. */
const ROWS_AT_ONCE = 500;
const TEXT_AT_ONCE = 2_000_000;
/** Milliseconds for which the server may still tell of a connection that was closed just now: its process ends by itself. */
const LEAVING_MS = 2000;

export interface Restored {
  rows: number;
  /** When the dump was made, in milliseconds since 1970. */
  at: number;
}

/**
 * [KEEP-3] [KEEP-4] Makes the database what it was when the dump was made, and leads it on to this version. All or nothing: of a dump
 * that is cut off, damaged or of a later version nothing is taken. `replace`: what is there goes.
 */
export async function restoreDump(
  url: string,
  path: string,
  { replace }: { replace: boolean },
): Promise<Restored> {
  const restored = await withClient(url, async (client) => {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query('set client_min_messages = warning');
    await untilAlone(client);
    await client.query('begin');
    await makeRoom(client, replace);
    const taken = await takeDump(client, path);
    await client.query('commit');
    return taken;
  });
  await migrateDatabase(url);
  return restored;
}

/** @throws DumpError when Relais runs on this database, and goes on doing so. */
async function untilAlone(client: pg.Client): Promise<void> {
  const end = performance.now() + LEAVING_MS;
  for (;;) {
    const others = await client.query(
      `select 1 from pg_stat_activity
       where datname = current_database() and application_name = 'relais' and pid <> pg_backend_pid() limit 1`,
    );
    if (others.rowCount === 0) return;
    if (performance.now() > end)
      throw new DumpError('Relais is running on this database. Stop it on every machine, then restore.');
    await setTimeout(100);
  }
}

async function makeRoom(client: pg.Client, replace: boolean): Promise<void> {
  const there = await client.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' and tablename = any($1)`,
    [ownTables()],
  );
  for (const { name } of there.rows) {
    const table = `public.${pg.escapeIdentifier(name)}`;
    const { rowCount } = await client.query(`select 1 from ${table} limit 1`);
    if (rowCount !== 0 && !replace)
      throw new DumpError(
        'There is something in this database already, and restoring would erase it. Nothing was changed. ' +
          'Choose an empty one, or say --replace if all that is in it may go.',
      );
    await client.query(`drop table ${table} cascade`);
  }
  await client.query('drop table if exists drizzle.__drizzle_migrations');
}

async function takeDump(client: pg.Client, path: string): Promise<Restored> {
  let begun: DumpHead | undefined;
  let table: RowsOf | undefined;
  let links: string[] = [];
  let rows = 0;
  let told: number | undefined;
  for await (const line of linesOf(path)) {
    if (told !== undefined) throw cutOff();
    if (!line.startsWith(OURS)) {
      if (!table) throw cutOff();
      rows += 1;
      await table.add(line);
      continue;
    }
    const content = readLine(line);
    if ('relais' in content) {
      if (begun) throw cutOff();
      begun = content;
      await takeMigrations(client, stepsOf(content));
      links = await untie(client);
      continue;
    }
    if (!begun) throw cutOff();
    await table?.end();
    table = undefined;
    if ('end' in content) told = content.end.rows;
    else table = await RowsOf.open(client, content.table);
  }
  if (!begun || told !== rows) throw cutOff();
  for (const link of links) await client.query(link);
  return { rows, at: begun.at };
}

/** The schema as the dump's version had it. */
function stepsOf({ migrations }: DumpHead): Migration[] {
  const known = readMigrations();
  if (migrations.some((hash, index) => known[index]?.hash !== hash))
    throw new DumpError(
      'This dump is of a later version of Relais than the one that is installed here. Nothing was changed. ' +
        'Install that version or a later one, then restore.',
    );
  return known.slice(0, migrations.length);
}

/** Takes the foreign keys away, so that rows may come in any order. Answers what puts them back, which checks every row. */
async function untie(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ relation: string; name: string; definition: string }>(
    `select conrelid::regclass::text as relation, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`,
  );
  const own = new Set(ownTables());
  const ours = rows.filter(({ relation }) => own.has(relation));
  for (const { relation, name } of ours)
    await client.query(`alter table ${relation} drop constraint ${name}`);
  return ours.map(
    ({ relation, name, definition }) => `alter table ${relation} add constraint ${name} ${definition}`,
  );
}

/** Rows of one table, put in some at a time. */
class RowsOf {
  readonly #client: pg.Client;
  readonly #table: string;
  readonly #columns: string;
  #waiting: string[] = [];
  #length = 0;

  static async open(client: pg.Client, name: string): Promise<RowsOf> {
    const table = `public.${pg.escapeIdentifier(name)}`;
    // What is computed from other columns is computed again.
    const { rows } = await client.query<{ name: string }>(
      `select quote_ident(attname) as name from pg_attribute
       where attrelid = to_regclass($1) and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
      [table],
    );
    if (rows.length === 0 || !ownTables().includes(name)) throw cutOff();
    return new RowsOf(client, table, rows.map((column) => column.name).join(', '));
  }

  private constructor(client: pg.Client, table: string, columns: string) {
    this.#client = client;
    this.#table = table;
    this.#columns = columns;
  }

  async add(row: string): Promise<void> {
    this.#waiting.push(row);
    this.#length += row.length;
    if (this.#waiting.length >= ROWS_AT_ONCE || this.#length >= TEXT_AT_ONCE) await this.#put();
  }

  /** Numbers that the server gives go on after those that were given. */
  async end(): Promise<void> {
    await this.#put();
    const { rows } = await this.#client.query<{ sequence: string; name: string }>(
      `select pg_get_serial_sequence($1, attname) as sequence, quote_ident(attname) as name from pg_attribute
       where attrelid = to_regclass($1) and attnum > 0 and not attisdropped
         and pg_get_serial_sequence($1, attname) is not null`,
      [this.#table],
    );
    for (const { sequence, name } of rows)
      await this.#client.query(
        `select setval($1, coalesce(max(${name}), 0) + 1, false) from ${this.#table}`,
        [sequence],
      );
  }

  async #put(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const rows = `[${this.#waiting.join(',')}]`;
    this.#waiting = [];
    this.#length = 0;
    await this.#client.query(
      `insert into ${this.#table} (${this.#columns}) overriding system value
       select ${this.#columns} from json_populate_recordset(null::${this.#table}, $1::json)`,
      [rows],
    );
  }
}
