import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * The line between one browser and the server, for the page and its socket (sound and picture go past it): it can
 * be cut, so that nothing passes and nobody is told, as when a cable is pulled, and mended.
 */
export class Line {
  readonly url: string;
  readonly #server: Server;
  readonly #pairs = new Set<[Socket, Socket]>();
  #cut = false;
  #bytesDown = 0;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.url = `http://localhost:${port}`;
  }

  static async to(port: number): Promise<Line> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, resolve));
    const address = server.address();
    if (!address || typeof address === 'string') throw new Error('no port');
    const line = new Line(server, address.port);
    server.on('connection', (near) => line.#join(near, port));
    return line;
  }

  /** Bytes that went to the browser: everything, headers and handshakes too. */
  get bytesDown(): number {
    return this.#bytesDown;
  }

  /** Nothing passes from now on, in either direction, and new connections hang. */
  cut(): void {
    this.#cut = true;
    for (const [near, far] of this.#pairs) {
      near.pause();
      far.pause();
      near.unpipe(far);
      far.unpipe(near);
    }
  }

  /** The line works again. Connections from before it stay dead, as after a change of network. */
  mend(): void {
    this.#cut = false;
    for (const [near, far] of this.#pairs) {
      near.destroy();
      far.destroy();
    }
  }

  async close(): Promise<void> {
    this.mend();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(near: Socket, port: number): void {
    if (this.#cut) {
      const pair: [Socket, Socket] = [near, near];
      this.#pairs.add(pair);
      near.on('error', () => undefined);
      near.on('close', () => this.#pairs.delete(pair));
      return;
    }
    const far = connect(port, 'localhost');
    const pair: [Socket, Socket] = [near, far];
    this.#pairs.add(pair);
    far.on('data', (piece: Buffer) => (this.#bytesDown += piece.byteLength));
    for (const [from, to] of [pair, [far, near]] as const) {
      from.on('error', () => to.destroy());
      from.on('close', () => {
        to.destroy();
        this.#pairs.delete(pair);
      });
      from.pipe(to);
    }
  }
}
