import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { readIfThere } from './files.mjs';
import { identity, isAlive, parentOf } from './processes.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** A terminal and npm may both deliver one Ctrl-C; only the first of a burst is meant. */
const SAME_SIGNAL_WITHIN = 500;

/**
 * Runs programs that stay, until the first of them ends; then the others are ended too, and the
 * first one's exit code is answered. They get each signal that this process gets, once.
 *
 * A program that `endsItsOwn` children in good order gets signals alone, and has a channel to this
 * process: it closes when this process dies, even by SIGKILL, and tells the program to go. Of any
 * other program the children get the signals too.
 */
export async function runTogether(commands) {
  const children = commands.map(({ command, args, endsItsOwn = false, ...options }) => {
    const stdio = ['inherit', 'inherit', 'inherit', ...(endsItsOwn ? ['ipc'] : [])];
    // In a group of its own: a terminal's Ctrl-C comes to us alone, and goes on exactly once.
    const child = spawn(command, args, { stdio, detached: true, ...options });
    return Object.assign(child, { signalGroup: !endsItsOwn });
  });
  const forget = forwardSignals(children);
  const ends = children.map(ending);
  const code = await Promise.race(ends);
  stop(children, 'SIGTERM');
  await Promise.all(ends);
  forget();
  return code;
}

function ending(child) {
  return new Promise((resolve) => {
    child.on('error', () => resolve(127));
    child.on('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

function stop(children, signal) {
  for (const child of children) {
    if (child.exitCode !== null || child.signalCode !== null || !child.pid) continue;
    process.kill(child.signalGroup ? -child.pid : child.pid, signal);
  }
}

function forwardSignals(children) {
  let last = 0;
  const forward = (signal) => {
    const now = Date.now();
    if (now - last < SAME_SIGNAL_WITHIN) return;
    last = now;
    stop(children, signal);
  };
  for (const signal of SIGNALS) process.on(signal, forward);
  const watch = watchNpm(() => forward('SIGTERM'));
  return () => {
    clearInterval(watch);
    for (const signal of SIGNALS) process.off(signal, forward);
  };
}

/** Under `npm start`, npm being killed means that Relais is to end: nobody else would tell us. */
function watchNpm(onGone) {
  if (!process.env.npm_lifecycle_event) return undefined;
  const npm = identity(npmProcess());
  return setInterval(() => {
    if (!isAlive(npm)) onGone();
  }, 1000).unref();
}

/** Between npm and this process there may be the shell that runs the script (`sh -c …`). */
function npmProcess() {
  const isShell = readIfThere(`/proc/${process.ppid}/cmdline`)?.split('\0')[1] === '-c';
  return (isShell && parentOf(process.ppid)) || process.ppid;
}
