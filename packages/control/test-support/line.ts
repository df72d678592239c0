import { connect, createServer, type Server, type Socket } from 'node:net';

/** The network between two machines: it can fall silent, as when a cable is pulled, be reset, and be mended. */
export class TestLine {
  readonly url: string;
  readonly #server: Server;
  #port: number;
  readonly #pairs = new Set<[Socket, Socket | undefined]>();
  #cut = false;

  static async to(port: number): Promise<TestLine> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (!address || typeof address === 'string') throw new Error('no port');
    const line = new TestLine(server, address.port, port);
    server.on('connection', (near) => line.#join(near));
    return line;
  }

  private constructor(server: Server, port: number, to: number) {
    this.#server = server;
    this.#port = to;
    this.url = `http://127.0.0.1:${port}`;
  }

  /** Nothing passes, nobody is told, and new connections hang. */
  cut(): void {
    this.#cut = true;
    for (const [near, far] of this.#pairs) {
      near.pause().unpipe();
      far?.pause().unpipe();
    }
  }

  /** New connections pass again; those from before the cut are reset. */
  mend(): void {
    this.#cut = false;
    this.reset();
  }

  /** Every connection is broken at once, for both ends to notice. */
  reset(): void {
    for (const [near, far] of this.#pairs) {
      near.resetAndDestroy();
      far?.resetAndDestroy();
    }
    this.#pairs.clear();
  }

  /** New connections end at another process, as after a restart. */
  divert(port: number): void {
    this.#port = port;
  }

  async close(): Promise<void> {
    this.reset();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(near: Socket): void {
    const far = this.#cut ? undefined : connect(this.#port, '127.0.0.1');
    const pair: [Socket, Socket | undefined] = [near, far];
    this.#pairs.add(pair);
    near.on('error', () => far?.destroy()).on('close', () => this.#pairs.delete(pair));
    if (!far) return;
    near.on('close', () => this.#cut || far.destroy());
    far.on('error', () => near.destroy()).on('close', () => this.#cut || near.destroy());
    near.pipe(far);
    far.pipe(near);
  }
}
