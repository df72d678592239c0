import { connect, createServer, type Server, type Socket } from 'node:net';

/** Where a hub is served. */
export interface Backend {
  host: string;
  port: number;
}

/** How often a hub is asked whether it takes people, and how long it has to say so. */
const CHECK_MS = 200;
const CHECK_TIMEOUT_MS = 1000;
const CONNECT_TIMEOUT_MS = 1000;

/**
 * What stands before several hubs so that browsers have one address: it passes bytes on, sends each connection to a hub
 * that says it is ready (`/readyz`), and knows no stickiness. While none says so, any that takes the connection will do.
 */
export class Balancer {
  readonly #backends: readonly Backend[];
  readonly #doors: Server[] = [];
  readonly #pairs = new Set<Socket>();
  readonly #ready = new Set<Backend>();
  readonly #checking: NodeJS.Timeout;
  #turn = 0;

  constructor(backends: readonly Backend[]) {
    this.#backends = backends;
    this.#checking = setInterval(() => void this.check(), CHECK_MS);
  }

  /** An address for browsers; with `preferred`, one that leads to that hub while it is ready. */
  async open(preferred?: Backend): Promise<string> {
    const door = createServer((near) => void this.#join(near, this.#inTurn(preferred)));
    this.#doors.push(door);
    await new Promise<void>((resolve) => door.listen(0, resolve));
    const address = door.address();
    if (!address || typeof address === 'string') throw new Error('no port');
    return `http://localhost:${address.port}`;
  }

  async check(): Promise<void> {
    await Promise.all(
      this.#backends.map(async (backend) => {
        if (await isReady(backend)) this.#ready.add(backend);
        else this.#ready.delete(backend);
      }),
    );
  }

  async close(): Promise<void> {
    clearInterval(this.#checking);
    for (const socket of this.#pairs) socket.destroy();
    await Promise.all(this.#doors.map((door) => new Promise((resolve) => door.close(resolve))));
  }

  #inTurn(preferred?: Backend): Backend[] {
    this.#turn += 1;
    const shift = this.#turn % this.#backends.length;
    const round = [...this.#backends.slice(shift), ...this.#backends.slice(0, shift)];
    const rank = (backend: Backend) => (this.#ready.has(backend) ? 0 : 2) + (backend === preferred ? 0 : 1);
    return round.sort((a, b) => rank(a) - rank(b));
  }

  async #join(near: Socket, backends: Backend[]): Promise<void> {
    near.on('error', () => near.destroy());
    near.pause();
    for (const backend of backends) {
      const far = await connected(backend);
      if (!far) continue;
      this.#pair(near, far);
      return;
    }
    near.destroy();
  }

  #pair(near: Socket, far: Socket): void {
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#pairs.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.#pairs.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
    if (near.destroyed) far.destroy();
  }
}

/** Undefined when it is refused, or not taken in time. */
function connected({ host, port }: Backend): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const far = connect({ host, port });
    const giveUp = () => {
      far.destroy();
      resolve(undefined);
    };
    const late = setTimeout(giveUp, CONNECT_TIMEOUT_MS);
    far.once('error', giveUp);
    far.once('connect', () => {
      clearTimeout(late);
      far.off('error', giveUp);
      resolve(far);
    });
    far.once('close', () => clearTimeout(late));
  });
}

async function isReady({ host, port }: Backend): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(CHECK_TIMEOUT_MS);
    return (await fetch(`http://${host}:${port}/readyz`, { signal })).ok;
  } catch {
    return false;
  }
}
