import { readdir, readFile, readlink, rm, rmdir } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../logger.ts';
import { runCommand } from './command.ts';
import { EmbeddedPostgresError } from './error.ts';

/** A checkpoint of all that is in memory, on a slow disk. */
const FAST_SHUTDOWN_MS = 20_000;
/** An immediate shutdown writes nothing: the next start replays the log. */
const IMMEDIATE_SHUTDOWN_MS = 10_000;
const POLL_MS = 25;

/** What a postmaster says of itself in `postmaster.pid`. */
interface PidFile {
  pid: number;
  socketFolder: string;
  /** `starting`, `ready`, `stopping`, … */
  status: string;
}

export async function readPidFile(data: string): Promise<PidFile | undefined> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  const [pid = '', , , , socketFolder = '', , , status = ''] = lines;
  return { pid: Number.parseInt(pid, 10), socketFolder, status: status.trim() };
}

/**
 * Stops what a former run left running on this data: a postmaster whose parent was killed, or server processes
 * whose postmaster was. To be called by the holder of the lock only: then nobody looks after them any more.
 * Only processes of PostgreSQL whose working directory is this data are touched.
 */
export async function stopOrphans(data: string, logger: Logger): Promise<void> {
  const file = await readPidFile(data);
  const pids = await processesIn(data, file?.pid);
  if (pids.length > 0) {
    logger.warn({ pids }, 'a database server of a former run is still there; stopping it');
    if (file !== undefined && pids.includes(file.pid)) signal(file.pid, 'SIGINT');
    if (!(await gone(data, file?.pid, FAST_SHUTDOWN_MS))) {
      for (const pid of await processesIn(data, file?.pid)) signal(pid, 'SIGQUIT');
      if (!(await gone(data, file?.pid, IMMEDIATE_SHUTDOWN_MS))) throw stillThere(data, pids);
    }
  }
  if (file) await removeSocket(file.socketFolder);
  // Its number may by now be another program's, and PostgreSQL would then refuse to start.
  await rm(join(data, 'postmaster.pid'), { force: true });
}

/** Nobody else removes a socket whose server was killed together with its parent. */
async function removeSocket(folder: string): Promise<void> {
  if (!isAbsolute(folder)) return;
  for (const name of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock']) await rm(join(folder, name), { force: true });
  // Only if there is nothing else in it.
  await rmdir(folder).catch(() => undefined);
}

function stillThere(data: string, pids: number[]): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `A database server from before is still running on ${data} and does not stop (process ${pids.join(', ')}).`,
  );
}

async function gone(data: string, postmaster: number | undefined, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    if ((await processesIn(data, postmaster)).length === 0) return true;
    await sleep(POLL_MS);
  }
  return false;
}

/** PostgreSQL's processes at work on this data: all of them have it as their working directory. */
async function processesIn(data: string, postmaster: number | undefined): Promise<number[]> {
  if (process.platform !== 'linux') return (await isPostmaster(postmaster, data)) ? [postmaster ?? 0] : [];
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const inside = await Promise.all(
    pids.map(async (pid) => {
      const directory = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
      if (directory !== data) return false;
      return (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')).startsWith('postgres');
    }),
  );
  return pids.filter((_, index) => inside[index]);
}

async function isPostmaster(pid: number | undefined, data: string): Promise<boolean> {
  if (pid === undefined || !(pid > 1)) return false;
  const { ok, stdout } = await runCommand(['ps', '-p', String(pid), '-o', 'command='], { timeoutMs: 5000 });
  return ok && stdout.includes('postgres') && stdout.includes(data);
}

/** Whether a process lives; one that is dead and not yet collected by its parent does not. */
export async function isAlive(pid: number): Promise<boolean> {
  if (!(pid > 0)) return false;
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (text !== undefined) return !/^\) [ZX]/.test(text.slice(text.lastIndexOf(')')));
  return process.platform !== 'linux' && signal(pid, 0);
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
