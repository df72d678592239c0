import { execFile } from 'node:child_process';

/** What `runCommand` says of a command that ended. */
export interface Outcome {
  ok: boolean;
  stdout: string;
  /** The last lines of stderr, or why the command could not be started. */
  complaint: string;
}

/** Runs a short command to its end, or for at most `timeoutMs`. Its failure is an outcome, not an exception. */
export function runCommand(
  argv: readonly string[],
  options: { timeoutMs: number; env?: Readonly<Record<string, string>> },
): Promise<Outcome> {
  const [command = '', ...args] = argv;
  return new Promise((resolve) => {
    const settings = { timeout: options.timeoutMs, env: options.env ?? { PATH: searchPath() }, cwd: '/' };
    const child = execFile(command, args, settings, (error, stdout, stderr) => {
      const complaint = stderr.trim().split('\n').slice(-5).join('\n') || (error?.message ?? '');
      resolve({ ok: error === null, stdout, complaint });
    });
    child.stdin?.end();
  });
}

/** `unshare`, `setpriv` and `flock` may be missing from the PATH of a service. */
export function searchPath(): string {
  return `${process.env['PATH'] ?? ''}:/usr/bin:/bin:/usr/sbin:/sbin`;
}
