import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Stops the embedded PostgreSQL of a data folder, all its processes, so that it answers nothing while its connections
 * stand; the returned function lets it go on. On Linux only: the processes are found in /proc.
 */
export function freezeDatabase(dataDir: string): () => void {
  const [first = ''] = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
  const postmaster = Number(first);
  // The postmaster first: it then starts no other.
  process.kill(postmaster, 'SIGSTOP');
  const all = [postmaster, ...childrenOf(postmaster)];
  for (const pid of all) process.kill(pid, 'SIGSTOP');
  return () => {
    for (const pid of all) process.kill(pid, 'SIGCONT');
  };
}

/** Field 4 of proc_pid_stat(5) is the parent; the name before it may itself hold spaces and parentheses. */
function childrenOf(parent: number): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent;
    } catch {
      // It ended between being listed and being read.
      return false;
    }
  });
}
