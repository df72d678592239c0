import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const TIMEOUT_MS = 10_000;

/** Runs a program of the system; rejects with what it said. */
export async function run(program: string, ...args: string[]): Promise<string> {
  const { stdout } = await execute(program, args, { timeout: TIMEOUT_MS });
  return stdout;
}

export const ip = (...args: string[]) => run('ip', ...args);

/** The command line that runs the rest of its arguments in a namespace. */
export const inNamespace = (name: string) => ['ip', 'netns', 'exec', name] as const;

/** A namespace of its own, with loopback and without IPv6, whose own talk would be in the counters. */
export async function addNamespace(name: string): Promise<void> {
  await ip('netns', 'add', name);
  const settings = '/proc/sys/net/ipv6/conf';
  const quiet = `for one in all default; do echo 1 >${settings}/$one/disable_ipv6; done 2>/dev/null; true`;
  await run(...inNamespace(name), 'sh', '-c', quiet);
  await ip('-n', name, 'link', 'set', 'dev', 'lo', 'up');
}

/** Why there can be no laboratory on this machine, as a sentence; undefined when there can. */
export async function whyNoLaboratory(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'The network laboratory needs Linux and root: it makes network namespaces.';
  const name = `relais-try-${process.pid}`;
  try {
    await ip('netns', 'add', name);
    await ip('-n', name, 'link', 'set', 'dev', 'lo', 'up');
    await ip(
      '-n',
      name,
      'link',
      'add',
      'try',
      'type',
      'vxlan',
      'id',
      '1',
      'remote',
      '127.0.0.1',
      'dstport',
      '1',
    );
    await run(
      'tc',
      '-n',
      name,
      'qdisc',
      'add',
      'dev',
      'try',
      'root',
      'tbf',
      'rate',
      '1mbit',
      'burst',
      '1600',
      'latency',
      '50ms',
    );
    return undefined;
  } catch (error) {
    return `The network laboratory cannot be made here: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    await ip('netns', 'del', name).catch(() => undefined);
  }
}
