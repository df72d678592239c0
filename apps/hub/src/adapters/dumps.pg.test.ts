import {
  createDatabase,
  migrateDatabase,
  readMigrations,
  restoreDump,
  withClient,
  writeDump,
} from '@relais/db';
import { leaveAsFormerVersion } from '@relais/testing/former-rows';
import { startTestPostgres, type TestPostgres } from '@relais/testing/test-postgres';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ALL = readMigrations().length;

let postgres: TestPostgres;
let folder: string;
let dump: string;
let source: string;

beforeAll(async () => {
  postgres = await startTestPostgres();
  folder = await mkdtemp(join(tmpdir(), 'relais-dump-'));
  dump = join(folder, 'relais.dump');
  source = await postgres.emptyDatabase();
  await leaveAsFormerVersion(source, ALL);
  await writeDump(source, dump);
});
afterAll(async () => {
  await postgres.close();
  await rm(folder, { recursive: true, force: true });
});

/** All that is in a database, each table's rows as PostgreSQL writes them, in an order of their own. */
function contentOf(url: string): Promise<Record<string, string[]>> {
  return withClient(url, async (client) => {
    const tables = await client.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
    );
    const content: Record<string, string[]> = {};
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ row: string }>(
        `select t::text as row from "${name}" t order by 1`,
      );
      content[name] = rows.map(({ row }) => row);
    }
    return content;
  });
}

/** The keys and indexes of a database, as PostgreSQL writes them. */
function tiesOf(url: string): Promise<unknown[]> {
  return withClient(url, async (client) => {
    const ties = await client.query<{ tie: string }>(
      `select concat_ws(' ', conrelid::regclass::text, conname, pg_get_constraintdef(oid)) as tie from pg_constraint
       where connamespace = 'public'::regnamespace order by 1`,
    );
    const indexes = await client.query<{ tie: string }>(
      `select indexdef as tie from pg_indexes where schemaname = 'public' order by 1`,
    );
    return [...ties.rows, ...indexes.rows];
  });
}

const name = (() => {
  let last = 0;
  return () => join(folder, `other-${(last += 1)}.dump`);
})();

describe('a dump', () => {
  it('[KEEP-2] [KEEP-3] restored into an empty database makes it what it was, to the last byte, key and index', async () => {
    const target = await postgres.emptyDatabase();
    await restoreDump(target, dump, { replace: false });
    const before = await contentOf(source);
    expect(Object.values(before).flat().length).toBeGreaterThan(15);
    expect(await contentOf(target)).toEqual(before);
    expect(await tiesOf(target)).toEqual(await tiesOf(source));
    await migrateDatabase(target);
  });

  it('[KEEP-2] is for its owner alone, whole or not there, and takes no other file’s place', async () => {
    expect((await stat(dump)).mode & 0o777).toBe(0o600);
    await expect(writeDump(source, dump)).rejects.toThrow('is there already');
    const empty = await postgres.emptyDatabase();
    await expect(writeDump(empty, name())).rejects.toThrow('nothing of Relais');
    expect((await readdir(folder)).filter((file) => file.endsWith('.part'))).toEqual([]);
  });

  it('[KEEP-2] is of one moment, however much is written meanwhile', async () => {
    const busy = await postgres.freshDatabase();
    let stopped = false;
    // Each meeting is written together with its first event: a dump that has one has the other.
    const writing = withClient(busy, async (client) => {
      for (let n = 0; !stopped; n += 1)
        await client.query(
          `with made as (insert into meetings values ('w${n}', 'code-${n}', 'Cercle', 1, now()))
           insert into meeting_events values ('w${n}', 1, 'meetingCreated', '{}', now())`,
        );
    });
    const file = name();
    await writeDump(busy, file);
    stopped = true;
    await writing;
    const target = await postgres.emptyDatabase();
    await restoreDump(target, file, { replace: false });
    const { meetings = [], meeting_events: events = [] } = await contentOf(target);
    expect(meetings.length).toBe(events.length);
  });

  it('[KEEP-3] of each former version is restored and led on to this one', async () => {
    for (let count = 1; count <= ALL; count += 1) {
      const former = await postgres.emptyDatabase();
      await leaveAsFormerVersion(former, count);
      const file = name();
      await writeDump(former, file);
      const target = await postgres.emptyDatabase();
      await restoreDump(target, file, { replace: false });
      await migrateDatabase(former);
      expect(await contentOf(target)).toEqual(await contentOf(former));
    }
  });
});

describe('[KEEP-4] nothing is restored', () => {
  it('over what is there, unless that was asked for', async () => {
    const target = await postgres.emptyDatabase();
    await leaveAsFormerVersion(target, ALL);
    await withClient(target, (client) =>
      client.query(`update people set name = 'Leo'; create table others (a int)`),
    );
    const before = await contentOf(target);
    await expect(restoreDump(target, dump, { replace: false })).rejects.toThrow('--replace');
    expect(await contentOf(target)).toEqual(before);
    await restoreDump(target, dump, { replace: true });
    // What is another program's in the same database stays.
    expect(await contentOf(target)).toEqual({ ...(await contentOf(source)), others: [] });
  });

  it('where Relais runs', async () => {
    const target = await postgres.freshDatabase();
    const running = createDatabase({ url: target });
    await running.orm.execute('select 1');
    await expect(restoreDump(target, dump, { replace: true })).rejects.toThrow('is running');
    await running.close();
    await restoreDump(target, dump, { replace: false });
  });

  it('of a dump that is cut off, wherever it is cut', async () => {
    const target = await postgres.emptyDatabase();
    const whole = await readFile(dump);
    for (const part of [0, 5, 0.3, 0.9, whole.length - 9, whole.length - 1]) {
      const file = name();
      await writeFile(file, whole.subarray(0, part > 0 && part < 1 ? Math.floor(whole.length * part) : part));
      await expect(restoreDump(target, file, { replace: false })).rejects.toThrow(/cut off|not a dump/);
    }
    const lines = gunzipSync(whole).toString().split('\n');
    const firstRow = lines.findIndex((line) => line.startsWith('{'));
    for (const without of [0, firstRow, lines.length - 2]) {
      const file = name();
      await writeFile(file, gzipSync(lines.filter((_, index) => index !== without).join('\n')));
      await expect(restoreDump(target, file, { replace: false })).rejects.toThrow();
    }
    expect(await contentOf(target)).toEqual({});
  });

  it('of what is no dump, or one of a later version', async () => {
    const target = await postgres.emptyDatabase();
    await expect(restoreDump(target, join(folder, 'none'), { replace: false })).rejects.toThrow(
      'There is no file',
    );
    const text = name();
    await writeFile(text, 'Bonjour');
    await expect(restoreDump(target, text, { replace: false })).rejects.toThrow('not a dump');
    const later = name();
    const lines = gunzipSync(await readFile(dump)).toString();
    await writeFile(later, gzipSync(lines.replace('"migrations":[', '"migrations":["ff",')));
    await expect(restoreDump(target, later, { replace: false })).rejects.toThrow('later version');
    expect(await contentOf(target)).toEqual({});
  });
});
