import { readIfThere } from './files.mjs';

/** Process number and start time: a number alone may have been given to another process since. */
export function identity(pid) {
  return `${pid} ${stat(pid)?.startTime ?? ''}`;
}

/** Whether the process with this identity still runs. */
export function isAlive(wanted) {
  const pid = Number.parseInt(wanted, 10);
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  return wanted === identity(pid);
}

/** The process that started this one; undefined where /proc does not tell. */
export function parentOf(pid) {
  return stat(pid)?.parent;
}

/** Fields 4 and 22 of /proc/<pid>/stat; the second field may itself contain spaces, in parentheses. */
function stat(pid) {
  const text = readIfThere(`/proc/${pid}/stat`);
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields && { parent: Number(fields[1]), startTime: fields[19] };
}
