import { randomBytes } from 'node:crypto';
import { freePort } from '@relais/testing/free-port';
import { startStoppablePostgres, type StoppablePostgres } from '@relais/testing/stoppable-postgres';
import { startTestRedis, type TestRedis } from '@relais/testing/test-redis';
import { Balancer, type Backend } from './balancer.ts';
import { mediaRoutes } from './media-routes.ts';
import { createMeetingAt } from './meetings.ts';
import type { Person } from './person.ts';
import { ServerProcess } from './server-process.ts';

/** A machine that a process is put on; by default this one. */
export interface Machine {
  /** Where it is reached by the others and by browsers. */
  address: string;
  /** Runs a command there. */
  prefix: readonly string[];
  /** Where that machine reaches Redis. */
  redisUrl?: string;
}

export interface ClusterOptions {
  hubs?: number;
  nodes?: number;
  /** For every process. */
  env?: Record<string, string>;
  /** The machines of the hubs and of the media nodes, in order; they are told where Redis is on this one. */
  machines?: (redisUrl: string) => Promise<{ hubs: readonly Machine[]; nodes: readonly Machine[] }>;
}

export interface Hub extends Backend {
  process: ServerProcess;
}

export interface MediaNodeProcess {
  process: ServerProcess;
  address: string;
  /** UDP and TCP port of its one worker, by which a browser's statistics tell on which node it is. */
  mediaPort: number;
}

const HERE: Machine = { address: '127.0.0.1', prefix: [] };

/** Several hubs and media nodes as processes of their own, over a real PostgreSQL and a real Redis. */
export class Cluster {
  readonly postgres: StoppablePostgres;
  readonly redis: TestRedis;
  readonly hubs: readonly Hub[];
  readonly nodes: readonly MediaNodeProcess[];
  readonly #balancer: Balancer;
  /** Where any hub may answer. */
  readonly url: string;
  readonly #doors: readonly string[];

  static async start(options: ClusterOptions = {}): Promise<Cluster> {
    const [postgres, redis] = await Promise.all([startStoppablePostgres(), startTestRedis()]);
    const { hubs, nodes } = await processesOf(options, postgres.url, redis.url);
    const balancer = new Balancer(hubs);
    const doors = await Promise.all(hubs.map((hub) => balancer.open(hub)));
    const cluster = new Cluster({
      postgres,
      redis,
      hubs,
      nodes,
      balancer,
      url: await balancer.open(),
      doors,
    });
    try {
      await Promise.all([...hubs, ...nodes].map(({ process }) => process.up()));
      await cluster.ready();
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  private constructor(parts: {
    postgres: StoppablePostgres;
    redis: TestRedis;
    hubs: readonly Hub[];
    nodes: readonly MediaNodeProcess[];
    balancer: Balancer;
    url: string;
    doors: readonly string[];
  }) {
    this.postgres = parts.postgres;
    this.redis = parts.redis;
    this.hubs = parts.hubs;
    this.nodes = parts.nodes;
    this.url = parts.url;
    this.#balancer = parts.balancer;
    this.#doors = parts.doors;
  }

  /** An address that leads to this hub while it is ready, and to another one when it is not. */
  door(hub: number): string {
    return this.#doors[hub] ?? this.url;
  }

  createMeeting(title?: string): Promise<string> {
    return createMeetingAt(this.url, title);
  }

  /** The media node that a person's sound and picture are on: undefined while they are on none, or on two. */
  async nodeOf(person: Person): Promise<MediaNodeProcess | undefined> {
    const routes = await mediaRoutes(person.page);
    const found = this.nodes.filter(({ mediaPort }) => routes.some(({ port }) => port === mediaPort));
    return found.length === 1 ? found[0] : undefined;
  }

  /** Every hub says that it takes people: it has its database and a media node. */
  async ready(): Promise<void> {
    const deadline = Date.now() + 30_000;
    const running = this.hubs.filter(({ process }) => process.running);
    for (const { host, port } of running) {
      while (
        !(await fetch(`http://${host}:${port}/readyz`).then(
          (r) => r.ok,
          () => false,
        ))
      ) {
        if (Date.now() > deadline) throw new Error(`hub ${port} is not ready:\n${this.outputs().join('\n')}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
    await this.#balancer.check();
  }

  /** What each process wrote. */
  outputs(): string[] {
    return [
      ...this.hubs.map(({ process }, i) => `--- hub ${i + 1}\n${process.output}`),
      ...this.nodes.map(({ process }, i) => `--- media node ${i + 1}\n${process.output}`),
    ];
  }

  async stop(): Promise<void> {
    await this.#balancer.close();
    // Nothing is left to be saved: what stopping does is another test's matter.
    await Promise.all([...this.hubs, ...this.nodes].map(({ process }) => process.kill()));
    await this.redis.close();
    await this.postgres.close();
  }
}

async function processesOf(
  { hubs: hubCount = 2, nodes: nodeCount = 2, env = {}, machines }: ClusterOptions,
  databaseUrl: string,
  redisUrl: string,
): Promise<{ hubs: Hub[]; nodes: MediaNodeProcess[] }> {
  const placed = await machines?.(redisUrl);
  const secrets = { RELAIS_CONTROL_SECRET: randomBytes(32).toString('hex') };
  const shared = { ...secrets, ...env };
  const hubs: Hub[] = [];
  const seats = { RELAIS_SECRET: randomBytes(32).toString('hex'), DATABASE_URL: databaseUrl };
  for (let i = 0; i < hubCount; i += 1) {
    const machine = placed?.hubs[i] ?? HERE;
    const port = await freePort();
    const own = { RELAIS_ROLE: 'hub', PORT: String(port), REDIS_URL: machine.redisUrl ?? redisUrl };
    const process = new ServerProcess({ prefix: machine.prefix, env: { ...seats, ...shared, ...own } });
    hubs.push({ process, host: machine.address, port });
  }
  const nodes: MediaNodeProcess[] = [];
  for (let i = 0; i < nodeCount; i += 1) {
    const machine = placed?.nodes[i] ?? HERE;
    const mediaPort = await freePort();
    const process = new ServerProcess({
      prefix: machine.prefix,
      env: {
        RELAIS_MEDIA_WORKERS: '1',
        ...shared,
        RELAIS_ROLE: 'sfu',
        PORT: String(await freePort()),
        REDIS_URL: machine.redisUrl ?? redisUrl,
        RELAIS_MEDIA_PORT: String(mediaPort),
        RELAIS_CONTROL_PORT: String(await freePort()),
        RELAIS_PIPE_PORTS: '20000-20199',
        RELAIS_CONTROL_ADDRESS: machine.address,
        ...(machine === HERE ? {} : { RELAIS_MEDIA_ADDRESS: machine.address }),
      },
    });
    nodes.push({ process, address: machine.address, mediaPort });
  }
  return { hubs, nodes };
}
