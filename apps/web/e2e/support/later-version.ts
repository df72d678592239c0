import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect } from 'node:net';

/** Stands before the product and, when told, serves a service worker of another version, as after an upgrade. */
export class LaterVersion {
  readonly url: string;
  /** Twelve characters, in the place of the version that was built; undefined: that one. */
  version: string | undefined;
  readonly #server: Server;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.url = `http://localhost:${port}`;
  }

  static async of(port: number): Promise<LaterVersion> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, resolve));
    const address = server.address();
    if (!address || typeof address === 'string') throw new Error('no port');
    const later = new LaterVersion(server, address.port);
    server.on('request', (asked, answer) => later.#pass(port, asked, answer));
    server.on('upgrade', (asked, near, head) => {
      const far = connect(port, 'localhost', () => {
        const lines = [`${asked.method} ${asked.url} HTTP/1.1`];
        for (let i = 0; i < asked.rawHeaders.length; i += 2)
          lines.push(`${asked.rawHeaders[i]}: ${asked.rawHeaders[i + 1]}`);
        far.write(`${lines.join('\r\n')}\r\n\r\n`);
        far.write(head);
        near.pipe(far).pipe(near);
      });
      far.on('error', () => near.destroy());
      near.on('error', () => far.destroy());
    });
    return later;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #pass(port: number, asked: IncomingMessage, answer: ServerResponse): void {
    const isWorker = asked.url === '/service-worker.js' && this.version !== undefined;
    const headers = { ...asked.headers, ...(isWorker && { 'accept-encoding': 'identity' }) };
    if (isWorker) delete headers['if-none-match'];
    const { method, url } = asked;
    const passed = request({ port, host: 'localhost', method, path: url, headers }, (given) => {
      if (!isWorker) {
        answer.writeHead(given.statusCode ?? 502, given.headers);
        given.pipe(answer);
        return;
      }
      const pieces: Buffer[] = [];
      given.on('data', (piece: Buffer) => pieces.push(piece));
      given.on('end', () => {
        const code = Buffer.concat(pieces)
          .toString()
          .replace(/`[0-9a-f]{12}`/, `\`${this.version}\``);
        answer.writeHead(200, { 'content-type': 'text/javascript' }).end(code);
      });
    });
    passed.on('error', () => answer.destroy());
    asked.pipe(passed);
  }
}
