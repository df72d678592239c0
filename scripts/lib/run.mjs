import { spawn, spawnSync } from 'node:child_process';

/** The end of a long output: enough to find the cause of a failure in. */
const KEPT = 64 * 1024;

/**
 * Runs a program to its end. Its output is kept, shown as it comes when `show` is set, and given
 * line by line to `onLine`. Answers `{ code, output }`; a program that cannot be started at all
 * answers code 127.
 */
export function run(command, args, { show = false, onLine, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const stop = endWithUs(child);
    let output = '';
    let rest = '';
    const take = (chunk) => {
      const text = chunk.toString();
      if (show) process.stdout.write(text);
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

/**
 * Ends `child` when this process is told to end, so that no installation or build goes on behind
 * the back of the person who stopped it. Answers a function that forgets the child.
 */
function endWithUs(child) {
  if (children.size === 0) for (const signal of signals) process.on(signal, endAll);
  children.add(child);
  return () => {
    children.delete(child);
    if (children.size === 0) for (const signal of signals) process.off(signal, endAll);
  };
}

/** Waits until they have ended, so that they can put in order what they were doing; but not for ever. */
function endAll(signal) {
  const code = signal === 'SIGINT' ? 130 : 143;
  for (const child of children) {
    child.kill('SIGTERM');
    child.once('close', () => process.exit(code));
  }
  setTimeout(() => process.exit(code), 5000);
}
