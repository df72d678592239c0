import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../server/src/main.ts', import.meta.url));
const START_TIMEOUT_MS = 60_000;

/** The real product in a process of its own, as `npm start` runs it, on free ports and a data folder of its own. */
export class Product {
  readonly url: string;
  readonly #port: number;
  readonly #dataDir: string;
  readonly #env: Record<string, string>;
  #child: ChildProcess | undefined;
  #output = '';

  private constructor(port: number, dataDir: string, env: Record<string, string>) {
    this.#port = port;
    this.#dataDir = dataDir;
    this.#env = env;
    this.url = `http://localhost:${port}`;
  }

  static async start(env: Record<string, string> = {}): Promise<Product> {
    const dataDir = await mkdtemp(join(tmpdir(), 'relais-e2e-'));
    const product = new Product(await freePort(), dataDir, env);
    await product.up();
    return product;
  }

  get port(): number {
    return this.#port;
  }

  /** What the server wrote, for failures and for the pids of its workers. */
  get output(): string {
    return this.#output;
  }

  /** Starts the process (again) on the same port and data. */
  async up(): Promise<void> {
    const child = spawn(process.execPath, [MAIN], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        ...process.env,
        PORT: String(this.#port),
        RELAIS_DATA_DIR: this.#dataDir,
        RELAIS_MEDIA_PORT: '0',
        RELAIS_MEDIA_WORKERS: '1',
        ...this.#env,
      },
    });
    this.#child = child;
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`not ready:\n${this.#output}`)), START_TIMEOUT_MS);
      const read = (chunk: Buffer) => {
        this.#output += chunk.toString();
        if (!chunk.toString().includes('Relais is ready')) return;
        clearTimeout(late);
        resolve();
      };
      child.stdout?.on('data', read);
      child.stderr?.on('data', read);
      child.once('exit', (code) => {
        clearTimeout(late);
        reject(new Error(`ended with ${code}:\n${this.#output}`));
      });
    });
  }

  /** As when the machine loses power, as far as this process goes. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async terminate(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** The pids of the media workers that are alive, from the server's log. */
  workerPids(): number[] {
    return [...this.#output.matchAll(/^\{.*"msg":"worker started".*$/gm)]
      .map(([line]) => /"workerPid":(\d+)/.exec(line)?.[1])
      .map(Number)
      .filter((pid) => pid > 0 && isAlive(pid));
  }

  async createMeeting(title = 'Table de concertation'): Promise<string> {
    const response = await fetch(`${this.url}/api/meetings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title }),
    });
    const answer = (await response.json()) as { value: { code: string } };
    return answer.value.code;
  }

  async stop(): Promise<void> {
    await this.terminate();
    await rm(this.#dataDir, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
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

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
