import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { withTimeout } from '@relais/kit';

const START_TIMEOUT_MS = 90_000;
const STOP_TIMEOUT_MS = 25_000;

/** A Node program that says where it is reached. */
export interface Running {
  pid: number;
  url: string;
  stop(): Promise<void>;
}

export interface Program {
  /** Path of a TypeScript file. */
  file: string;
  env: Record<string, string | undefined>;
  nodeArgs?: readonly string[];
  /** What it prints when it is ready; by default its address. */
  ready?: RegExp;
  /** A command that runs the rest of its arguments, such as `ip netns exec …`. */
  prefix?: readonly string[];
}

const ADDRESS = /https?:\/\/[^\s"]+/;

/**
 * Starts it with a channel to this process, so that it ends with us however we end, and waits until it prints a
 * line with an address (`http://…`), or whatever `ready` is.
 */
export async function startProgram(program: Program): Promise<Running> {
  const { file, env, nodeArgs = [], ready = ADDRESS, prefix = [] } = program;
  const [command = 'node', ...args] = [...prefix, 'node', ...nodeArgs, file];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], env });
  const stop = () => stopChild(child);
  try {
    const url = await withTimeout(whenSaid(child, file, ready), START_TIMEOUT_MS, `starting ${file}`);
    return { pid: child.pid!, url: url.replace('//localhost', '//127.0.0.1'), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What it says before that is told only if it does not start; its own log goes on unread. */
function whenSaid(child: ChildProcess, file: string, ready: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`${file} ended with code ${String(code)}: ${said.slice(-20).join('\n')}`));
    });
    createInterface({ input: child.stdout! }).on('line', (line) => {
      said.push(line);
      const address = ready.exec(line)?.[0];
      if (address && !line.startsWith('{')) resolve(address);
    });
  });
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await withTimeout(ended, STOP_TIMEOUT_MS, 'stopping a server').catch(() => child.kill('SIGKILL'));
}
