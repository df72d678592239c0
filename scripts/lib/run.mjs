import { spawn, spawnSync } from 'node:child_process';
import { setPriority } from 'node:os';

/** The end of a long output: enough to find the cause of a failure in. */
const KEPT = 64 * 1024;

/** How long a program that is told to end may take to put its things in order, in milliseconds. */
const ENDING = 5000;

/**
 * Runs a program to its end. Its output is kept, given to `show` as it comes, and line by line to
 * `onLine`. `priority` is the system's (0 is usual, 19 the lowest), for all that the program starts;
 * `until` is an AbortSignal that ends it. Answers `{ code, output }`; a program that cannot be
 * started at all answers code 127.
 */
export function run(command, args, { show, onLine, priority = 0, until, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    if (priority > 0) yieldTo(child, priority);
    const stop = endWithUs(child, until);
    let output = '';
    let rest = '';
    const take = (chunk) => {
      const text = chunk.toString();
      show?.(text);
      output = (output + text).slice(-KEPT);
      if (!onLine) return;
      const lines = (rest + text).split('\n');
      rest = lines.pop();
      lines.forEach(onLine);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (error) => (stop(), resolve({ code: 127, output: error.message })));
    child.on('close', (code) => (stop(), resolve({ code: code ?? 1, output })));
  });
}

/** The output of a program that is over at once, trimmed; undefined when it failed. */
export function ask(command, args, options = {}) {
  const { status, stdout } = spawnSync(command, args, {
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
    ...options,
  });
  return status === 0 ? stdout.trim() : undefined;
}

const children = new Set();
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** What is asked for right after the start holds for the children too. It is a courtesy: no failure of it matters. */
function yieldTo(child, priority) {
  try {
    if (child.pid) setPriority(child.pid, priority);
  } catch {
    // Already over, or a system that has no such thing.
  }
}

/**
 * Ends `child` when this process is told to end, so that no installation or build goes on behind
 * the back of the person who stopped it, and at the signal `until`. Answers a function that forgets
 * the child.
 */
function endWithUs(child, until) {
  if (children.size === 0) for (const signal of signals) process.on(signal, endAll);
  children.add(child);
  let last;
  const end = () => {
    child.kill('SIGTERM');
    last = setTimeout(() => child.kill('SIGKILL'), ENDING);
  };
  until?.addEventListener('abort', end, { once: true });
  return () => {
    clearTimeout(last);
    until?.removeEventListener('abort', end);
    children.delete(child);
    if (children.size === 0) for (const signal of signals) process.off(signal, endAll);
  };
}

/** Waits until they have ended, so that they can put in order what they were doing; but not for ever. */
function endAll(signal) {
  const code = signal === 'SIGINT' ? 130 : 143;
  let left = children.size;
  for (const child of children) {
    child.kill('SIGTERM');
    child.once('close', () => (left -= 1) === 0 && process.exit(code));
  }
  setTimeout(() => process.exit(code), ENDING);
}
