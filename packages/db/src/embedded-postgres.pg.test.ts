import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDatabase } from './database.ts';
import { availableIdentities } from './embedded/identity.ts';
import { readPidFile } from './embedded/postmaster.ts';
import { type EmbeddedPostgres, EmbeddedPostgresError, startEmbeddedPostgres } from './embedded-postgres.ts';
import { silentLogger } from './logger.ts';

const OWNER = fileURLToPath(new URL('embedded/owner.fixture.ts', import.meta.url));
/** In what ways PostgreSQL can run here: a container may forbid root some of them. */
const ways = (await availableIdentities()).map(({ kind }) => kind);

let folder: string;
let undo: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relais-embedded-'));
});
afterEach(async () => {
  for (const step of undo.reverse()) await step();
  undo = [];
  // A server whose owner was killed ends by itself, and writes into the folder until it has.
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

const logger = { ...silentLogger, error: vi.fn() };

async function start(dataDir = folder, more: object = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, logger, ...more });
  undo.push(() => server.close());
  return server;
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const database = createDatabase({ url });
  try {
    return (await database.orm.execute(text)).rows;
  } finally {
    await database.close();
  }
}

/** The owner program, and what it said so far. */
interface Owner {
  child: ChildProcess;
  said: string[];
  rows: () => number[];
}

function own(dataDir: string, options: { work?: string; prefix?: string[] } = {}): Owner {
  const [command = '', ...args] = [...(options.prefix ?? []), process.execPath, OWNER, dataDir];
  const child = spawn(command, [...args, options.work ?? 'write'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => said.push(line));
  undo.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  const rows = () => said.filter((line) => line.startsWith('row ')).map((line) => Number(line.slice(4)));
  return { child, said, rows };
}

async function written(owner: Owner, count: number): Promise<void> {
  await vi.waitFor(() => expect(owner.rows().length, owner.said.at(-1)).toBeGreaterThan(count), 30_000);
}

async function kill(owner: Owner): Promise<void> {
  owner.child.kill('SIGKILL');
  await once(owner.child, 'exit');
}

async function expectAllThere(owner: Owner, url: string): Promise<void> {
  const rows = await query(url, 'select number from rows order by number');
  const numbers = new Set(rows.map((row) => row['number']));
  expect(owner.rows().filter((number) => !numbers.has(number))).toEqual([]);
}

describe('the built-in PostgreSQL', () => {
  it('keeps its data from one run to the next', async () => {
    const first = await startEmbeddedPostgres({ dataDir: folder, logger });
    await query(first.url, `create table kept as select 'été 🌍' as word`);
    await first.close();
    const second = await start();
    expect(await query(second.url, 'select word from kept')).toEqual([{ word: 'été 🌍' }]);
  });

  it('acknowledges only what is on the disk, and listens on no network', async () => {
    const { url } = await start();
    const [settings] = await query(
      url,
      `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
        current_setting('full_page_writes') as pages, current_setting('listen_addresses') as addresses,
        current_setting('server_encoding') as encoding, lower('ÉTÉ') as lower`,
    );
    expect(settings).toEqual({
      fsync: 'on',
      commit: 'on',
      pages: 'on',
      addresses: '',
      encoding: 'UTF8',
      lower: 'été',
    });
  });

  it('works in a folder with spaces, quotes and a name too long for a socket', async () => {
    const deep = join(folder, `l'été de "Zoé", 1`, 'x'.repeat(150));
    const { url } = await start(deep);
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('ends with close, which may be called twice', async () => {
    const server = await start();
    const pid = (await readPidFile(join(folder, 'postgres')))?.pid ?? 0;
    await Promise.all([server.close(), server.close()]);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it('says that the data is of another version', async () => {
    await (await startEmbeddedPostgres({ dataDir: folder, logger })).close();
    await writeFile(join(folder, 'postgres', 'PG_VERSION'), '17\n');
    await expect(start()).rejects.toThrow(/written by PostgreSQL 17; this is PostgreSQL 18.*DATABASE_URL/s);
  });

  it('begins anew after a first start that was cut short', async () => {
    await mkdir(join(folder, 'postgres.new', 'base'), { recursive: true });
    await writeFile(join(folder, 'postgres.new', 'PG_VERSION'), '18\n');
    const { url } = await start();
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

describe('a start on data in use', () => {
  it('says so within the same process', async () => {
    await start();
    await expect(start()).rejects.toThrow(EmbeddedPostgresError);
    await expect(start()).rejects.toThrow(/in use by another Relais \(this same process\)/);
  });

  it('lets one of two processes have a new folder, and the other say so', async () => {
    const owners = [own(folder, { work: 'wait' }), own(folder, { work: 'wait' })];
    await vi.waitFor(() => expect(owners.flatMap(({ said }) => said)).toHaveLength(2), 30_000);
    const said = owners.flatMap((owner) => owner.said).sort();
    expect(said[0]).toMatch(/^refused EmbeddedPostgresError: .* is in use by another Relais \(process \d+\)/);
    expect(said[1]).toMatch(/^started /);
  });
});

describe('what was acknowledged is there again', () => {
  it('after the process that owns it was killed; its server ends by itself', async () => {
    const owner = own(folder);
    await written(owner, 200);
    const pid = (await readPidFile(join(folder, 'postgres')))?.pid ?? 0;
    await kill(owner);
    const { url } = await start();
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    await expectAllThere(owner, url);
  });

  it('after the process and the parent of its server were killed, which leaves the server running', async () => {
    const owner = own(folder);
    await written(owner, 200);
    const orphan = (await readPidFile(join(folder, 'postgres')))?.pid ?? 0;
    // Stopped first: neither may end the server when its owner is gone.
    const parents = await shellsAround(orphan);
    for (const pid of parents) process.kill(pid, 'SIGSTOP');
    await kill(owner);
    for (const pid of parents) process.kill(pid, 'SIGKILL');
    const { url } = await start();
    expect((await readPidFile(join(folder, 'postgres')))?.pid).not.toBe(orphan);
    await expectAllThere(owner, url);
    expect(await leftBehind(owner)).toEqual([]);
  });

  it('after all of them were killed at once', async () => {
    const owner = own(folder);
    await written(owner, 200);
    const postmaster = (await readPidFile(join(folder, 'postgres')))?.pid ?? 0;
    const parent = await parentOf(postmaster);
    // The parent leads a process group of its own: all but the server's children, which leave by themselves.
    process.kill(-parent, 'SIGKILL');
    await kill(owner);
    const { url } = await start();
    await expectAllThere(owner, url);
  });

  it('when the number of the killed server is by now another program', async () => {
    await query((await start()).url, 'create table kept ()');
    await undo.pop()?.();
    await writeFile(
      join(folder, 'postgres', 'postmaster.pid'),
      `${process.pid}\n${folder}/postgres\n1\n5432\n`,
    );
    const { url } = await start();
    expect(await query(url, 'select * from kept')).toEqual([]);
  });

  it('under the same address when the server alone is killed', async () => {
    const { url } = await start();
    await query(url, 'create table kept ()');
    const killed = (await readPidFile(join(folder, 'postgres')))?.pid ?? 0;
    process.kill(killed, 'SIGKILL');
    await vi.waitFor(async () => expect(await query(url, 'select * from kept')).toEqual([]), 20_000);
    expect(logger.error).toHaveBeenCalledWith(
      expect.anything(),
      expect.stringContaining('starting it again'),
    );
    expect((await readPidFile(join(folder, 'postgres')))?.pid).not.toBe(killed);
  });
});

describe.runIf(!ways.includes('self'))('as root', () => {
  const withNamespace = it.runIf(ways.includes('namespace'));
  const withBoth = it.runIf(ways.includes('namespace') && ways.includes('otherUser'));

  it('works in a folder that only root may enter', async () => {
    const closed = join(folder, 'only root');
    await mkdir(closed, { mode: 0o700 });
    const { url } = await start(join(closed, 'my data'));
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  withNamespace('works as an ordinary user does', async () => {
    const asUser = ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--'];
    const owner = own(join(folder, 'data'), { prefix: asUser });
    await written(owner, 5);
    owner.child.kill('SIGTERM');
    await once(owner.child, 'exit');
    const { url } = await start(join(folder, 'data'));
    await expectAllThere(owner, url);
  });

  withBoth(
    'runs as another user where namespaces are forbidden, within a folder that user may pass through',
    async () => {
      await chmod(folder, 0o711);
      const { url } = await start(folder, { identity: 'otherUser' });
      await query(url, 'create table kept ()');
      await undo.pop()?.();
      // The machine now allows namespaces: the same data, which then belongs to root.
      const again = await start(folder, { identity: 'namespace' });
      expect(await query(again.url, 'select * from kept')).toEqual([]);
    },
  );

  withBoth('keeps the data in /var/lib/relais when that user may not', async () => {
    const closed = join(folder, 'only root');
    await mkdir(closed, { mode: 0o700 });
    const { url } = await start(closed, { identity: 'otherUser' });
    const place = String(
      (await query(url, `select current_setting('data_directory') as place`))[0]?.['place'],
    );
    expect(place).toMatch(/^\/var\/lib\/relais\/[0-9a-f]{16}\/postgres$/);
    undo.unshift(() => rm(join(place, '..'), { recursive: true }));
    await query(url, 'create table kept ()');
    await undo.pop()?.();
    expect(await query((await start(closed, { identity: 'otherUser' })).url, 'select * from kept')).toEqual(
      [],
    );
    await undo.pop()?.();
    expect(await query((await start(closed)).url, 'select * from kept')).toEqual([]);
  });

  withBoth('will not begin an empty database in place of one that a link no longer finds', async () => {
    const closed = join(folder, 'only root');
    await mkdir(closed, { mode: 0o700 });
    const server = await start(closed, { identity: 'otherUser' });
    const place = String(
      (await query(server.url, `select current_setting('data_directory') as place`))[0]?.['place'],
    );
    await undo.pop()?.();
    await rm(join(place, '..'), { recursive: true });
    await expect(start(closed)).rejects.toThrow(/is a link to .* which is not there/);
  });
});

/** What is left of the socket of a server whose owner was killed. */
async function leftBehind(owner: Owner): Promise<string[]> {
  const url = owner.said[0]?.replace('started ', '') ?? '';
  return readdir(new URL(url).searchParams.get('host') ?? '').catch(() => []);
}

async function parentOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

/** The parent of a server, and the watcher that the parent has beside it: shells, in one process group. */
async function shellsAround(server: number): Promise<number[]> {
  const group = await parentOf(server);
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
  const shells = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      const [, , groupOfPid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return Number(groupOfPid) === group && !stat.includes('(postgres)');
    }),
  );
  return pids.filter((_, index) => shells[index]).map(Number);
}
