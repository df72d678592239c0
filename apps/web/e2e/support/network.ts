import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { freePrefix, removeAbandoned } from '@relais/testing/lab/shared-machine';
import type { Machine } from './cluster.ts';
import { Line } from './line.ts';

/** Networks 10.180 to 10.249. */
const PREFIXES = { from: 180, count: 70 };
/** What begins the name of every machine of such a network. */
const FAMILY = 'relais-net';

const run = promisify(execFile);

function ip(...args: string[]): Promise<unknown> {
  return run('ip', args, { timeout: 5000 });
}

/** Whether this user may make network namespaces here; undefined when so, else why not. */
export async function whyNoNamespaces(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'only root may make network namespaces';
  const name = `relais-try-${process.pid}`;
  try {
    await ip('netns', 'add', name);
    await ip('-n', name, 'rule', 'add', 'from', '10.0.0.1', 'to', '10.0.0.2', 'blackhole');
    return undefined;
  } catch (error) {
    return `network namespaces cannot be made here: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    await ip('netns', 'del', name).catch(() => undefined);
  }
}

/**
 * Machines in network namespaces of their own, each on a line of its own to one router, as this one is: the router can
 * swallow what any two say to each other, and nobody is told.
 */
export class Network {
  readonly #name: string;
  /** The first two of the four numbers of every address. */
  readonly #prefix: string;
  readonly #namespaces: string[] = [];
  readonly #lines: Line[] = [];

  static async create(): Promise<Network> {
    await removeAbandoned(FAMILY);
    const network = new Network(await freePrefix(PREFIXES));
    try {
      await network.#begin();
    } catch (error) {
      await network.close();
      throw error;
    }
    return network;
  }

  private constructor(prefix: string) {
    this.#name = `${FAMILY}-${process.pid}`;
    this.#prefix = prefix;
  }

  /** This machine, as the others see it. */
  get outside(): string {
    return `${this.#prefix}.0.2`;
  }

  /** A new machine, from which a Redis on this one is reached that listens on loopback only. */
  async machine(redisUrl: string): Promise<Machine> {
    const number = this.#namespaces.length;
    const name = `${this.#name}-${number}`;
    await this.#connect(name, number);
    const line = await Line.to(Number(new URL(redisUrl).port));
    this.#lines.push(line);
    return {
      address: `${this.#prefix}.${number}.2`,
      prefix: ['ip', 'netns', 'exec', name],
      redisUrl: `redis://${this.outside}:${new URL(line.url).port}`,
    };
  }

  async cut(one: string, other: string): Promise<void> {
    await this.#rules('add', one, other);
  }

  async mend(one: string, other: string): Promise<void> {
    await this.#rules('del', one, other);
  }

  /** Takes away all that this object made, and nothing else. */
  async close(): Promise<void> {
    for (const line of this.#lines) await line.close();
    // A line goes with either of its ends.
    for (const name of this.#namespaces.splice(0)) await ip('netns', 'del', name).catch(() => undefined);
  }

  get #router(): string {
    return `${this.#name}-0`;
  }

  async #begin(): Promise<void> {
    await this.#namespace(this.#router);
    await run('ip', ['netns', 'exec', this.#router, 'sh', '-c', 'echo 1 >/proc/sys/net/ipv4/ip_forward']);
    const here = `relais${process.pid}`;
    await ip('link', 'add', 'name', here, 'type', 'veth', 'peer', 'name', 'line0', 'netns', this.#router);
    await ip('addr', 'add', `${this.outside}/24`, 'dev', here);
    await ip('link', 'set', 'dev', here, 'up');
    await this.#routerEnd(0);
    await ip('route', 'add', `${this.#prefix}.0.0/16`, 'via', `${this.#prefix}.0.1`);
  }

  async #connect(name: string, number: number): Promise<void> {
    await this.#namespace(name);
    const line = ['name', `line${number}`, 'type', 'veth', 'peer', 'name', 'line', 'netns', name];
    await ip('-n', this.#router, 'link', 'add', ...line);
    await this.#routerEnd(number);
    await ip('-n', name, 'addr', 'add', `${this.#prefix}.${number}.2/24`, 'dev', 'line');
    await ip('-n', name, 'link', 'set', 'dev', 'line', 'up');
    await ip('-n', name, 'route', 'add', 'default', 'via', `${this.#prefix}.${number}.1`);
  }

  async #namespace(name: string): Promise<void> {
    await ip('netns', 'add', name);
    this.#namespaces.push(name);
    await ip('-n', name, 'link', 'set', 'dev', 'lo', 'up');
  }

  async #routerEnd(number: number): Promise<void> {
    await ip('-n', this.#router, 'addr', 'add', `${this.#prefix}.${number}.1/24`, 'dev', `line${number}`);
    await ip('-n', this.#router, 'link', 'set', 'dev', `line${number}`, 'up');
  }

  async #rules(change: 'add' | 'del', one: string, other: string): Promise<void> {
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      await ip('-n', this.#router, 'rule', change, 'from', from, 'to', to, 'blackhole');
    }
  }
}
