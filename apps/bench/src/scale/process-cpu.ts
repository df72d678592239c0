import { readFileSync } from 'node:fs';

/** USER_HZ: what /proc counts CPU time in, on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Seconds of CPU that one process has used since its start: fields 14 and 15 of proc_pid_stat(5). */
export function processCpu(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Megabytes of its own: the proportional set size. */
export function processMemoryMb(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) / 1024;
}
