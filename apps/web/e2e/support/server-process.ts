import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../server/src/main.ts', import.meta.url));
const START_TIMEOUT_MS = 60_000;
/** What is kept of a process's output: its end, for failures. */
const KEPT_CHARACTERS = 2_000_000;

export interface ServerProcessOptions {
  env: Record<string, string>;
  /** A command that runs the rest of its arguments, such as `ip netns exec …`. */
  prefix?: readonly string[];
}

/** One run after another of the product's own program, under the same settings. */
export class ServerProcess {
  readonly #options: ServerProcessOptions;
  #child: ChildProcess | undefined;
  #output = '';

  constructor(options: ServerProcessOptions) {
    this.#options = options;
  }

  /** What it wrote, for failures and for the pids of its workers. */
  get output(): string {
    return this.#output;
  }

  get running(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Starts it (again); resolves when it says that it is ready. */
  async up(): Promise<void> {
    const { env, prefix = [] } = this.#options;
    const [command = process.execPath, ...args] = [...prefix, process.execPath, MAIN];
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, ...env },
    });
    this.#child = child;
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`not ready:\n${this.#output}`)), START_TIMEOUT_MS);
      const read = (chunk: Buffer) => {
        this.#output = (this.#output + chunk.toString()).slice(-KEPT_CHARACTERS);
        if (!chunk.toString().includes('Relais is ready')) return;
        clearTimeout(late);
        resolve();
      };
      child.stdout?.on('data', read);
      child.stderr?.on('data', read);
      child.once('error', reject);
      child.once('exit', (code) => {
        clearTimeout(late);
        reject(new Error(`ended with ${code}:\n${this.#output}`));
      });
    });
  }

  /** As when the machine loses power, as far as this process goes. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** Asks it to stop, as a restart of the service does; resolves when it has. */
  terminate(): Promise<void> {
    return this.#end('SIGTERM');
  }

  /** The pids of the media workers that are alive, from the server's log. */
  workerPids(): number[] {
    return [...this.#output.matchAll(/^\{.*"msg":"worker started".*$/gm)]
      .map(([line]) => /"workerPid":(\d+)/.exec(line)?.[1])
      .map(Number)
      .filter((pid) => pid > 0 && isAlive(pid));
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child || !this.running) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
