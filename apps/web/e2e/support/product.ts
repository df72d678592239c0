import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@relais/testing/free-port';
import { createMeetingAt } from './meetings.ts';
import { ServerProcess } from './server-process.ts';

/** The real product in a process of its own, as `npm start` runs it, on free ports and a data folder of its own. */
export class Product {
  readonly url: string;
  readonly port: number;
  readonly #dataDir: string;
  readonly #process: ServerProcess;

  private constructor(port: number, dataDir: string, env: Record<string, string>) {
    this.port = port;
    this.url = `http://localhost:${port}`;
    this.#dataDir = dataDir;
    this.#process = new ServerProcess({
      env: {
        PORT: String(port),
        RELAIS_DATA_DIR: dataDir,
        RELAIS_MEDIA_PORT: '0',
        RELAIS_MEDIA_WORKERS: '1',
        ...env,
      },
    });
  }

  static async start(env: Record<string, string> = {}): Promise<Product> {
    const dataDir = await mkdtemp(join(tmpdir(), 'relais-e2e-'));
    const product = new Product(await freePort(), dataDir, env);
    await product.up();
    return product;
  }

  /** What the server wrote, for failures. */
  get output(): string {
    return this.#process.output;
  }

  /** Starts the process (again) on the same port and data. */
  up(): Promise<void> {
    return this.#process.up();
  }

  kill(): Promise<void> {
    return this.#process.kill();
  }

  terminate(): Promise<void> {
    return this.#process.terminate();
  }

  /** The pids of the media workers that are alive. */
  workerPids(): number[] {
    return this.#process.workerPids();
  }

  createMeeting(title?: string): Promise<string> {
    return createMeetingAt(this.url, title);
  }

  async stop(): Promise<void> {
    await this.terminate();
    await rm(this.#dataDir, { recursive: true, force: true });
  }
}
