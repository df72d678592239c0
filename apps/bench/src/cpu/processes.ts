import { readdirSync, readFileSync } from 'node:fs';
import { PlainError } from '../setup.ts';

/** USER_HZ: what /proc counts CPU time in, on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

export type Role = 'node' | 'worker' | 'database';

/** CPU seconds used since the start, and kilobytes of memory (proportional set size), by role. */
export interface Usage {
  cpu: Record<Role, number>;
  memoryKb: Record<Role, number>;
}

/** What a server and all processes under it have used until now. */
export function usageOf(pid: number): Usage {
  const usage: Usage = {
    cpu: { node: 0, worker: 0, database: 0 },
    memoryKb: { node: 0, worker: 0, database: 0 },
  };
  for (const each of familyOf(pid)) {
    const role = roleOf(each, pid);
    if (!role) continue;
    usage.cpu[role] += each.cpuSeconds;
    usage.memoryKb[role] += pssKb(each.pid);
  }
  return usage;
}

/** The media workers of a server, the busiest first: the spare one, which has done nothing, is the last. */
export function workersOf(pid: number): number[] {
  return familyOf(pid)
    .filter((each) => roleOf(each, pid) === 'worker')
    .sort((a, b) => b.cpuSeconds - a.cpuSeconds)
    .map((each) => each.pid);
}

interface Process {
  pid: number;
  parent: number;
  name: string;
  cpuSeconds: number;
}

function roleOf({ pid, name }: Process, server: number): Role | undefined {
  if (pid === server) return 'node';
  if (name.startsWith('mediasoup-work')) return 'worker';
  return name.startsWith('postgres') ? 'database' : undefined;
}

function familyOf(pid: number): Process[] {
  const all = allProcesses();
  const family: Process[] = [];
  for (let wanted = [pid]; wanted.length > 0;) {
    const found = all.filter((each) => wanted.includes(each.pid));
    family.push(...found);
    wanted = all.filter((each) => wanted.includes(each.parent)).map((each) => each.pid);
  }
  return family;
}

function allProcesses(): Process[] {
  if (process.platform !== 'linux') throw new PlainError('CPU is measured through /proc: on Linux only.');
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => readStat(Number(pid)) ?? []);
}

/** Fields 2, 4, 14 and 15 of proc_pid_stat(5); the name may itself hold spaces and parentheses. */
function readStat(pid: number): Process | undefined {
  const text = readIfThere(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  const end = text.lastIndexOf(')');
  const fields = text.slice(end + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  return {
    pid,
    parent: Number(fields[1]),
    name: text.slice(text.indexOf('(') + 1, end),
    cpuSeconds: ticks / TICKS_PER_SECOND,
  };
}

function pssKb(pid: number): number {
  return Number(/^Pss:\s+(\d+)/m.exec(readIfThere(`/proc/${pid}/smaps_rollup`) ?? '')?.[1] ?? 0);
}

/** A process may end between being listed and being read. */
function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
