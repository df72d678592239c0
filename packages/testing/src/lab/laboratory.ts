import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LabLine } from './line.ts';
import type { LineProfile } from './profiles.ts';
import { Relay } from './relay.ts';
import { freePrefix, removeAbandoned } from './shared-machine.ts';
import { addNamespace, inNamespace, ip } from './system.ts';

/** Room for VXLAN's headers around a packet of 1,500 bytes. */
const TUNNEL_MTU = '1600';
const FIRST_PORT = 4800;
const VNI = '7';
/** Networks 10.100 to 10.179. */
const PREFIXES = { from: 100, count: 80 };
/** What begins the name of every namespace of a laboratory. */
const FAMILY = 'relais-lab';

/** A machine of the laboratory on which a program can be run. */
export interface LabMachine {
  address: string;
  /** Runs the rest of its arguments there. */
  prefix: readonly string[];
}

/**
 * Network namespaces that a test makes and removes: a server in one, and each person in another, joined to it by lines that are
 * as bad as a profile says. This machine itself reaches the server as well, over a line without fault: for the others of a
 * meeting, and for the test.
 *
 *     person ── TBF up ──▶ relay (delay, jitter, order, loss) ──▶ server
 *            ◀── relay ◀── TBF down ──
 *
 * The kernel has no netem. So each line is a VXLAN tunnel whose UDP goes by way of our own relay: whatever the person's
 * programs send, TCP and UDP, passes there packet by packet. The tunnels' outsides are in a namespace apart, so that a browser
 * sees one device for each line, and nothing else.
 */
export class Laboratory {
  readonly #name = `${FAMILY}-${process.pid}`;
  /** The first two of the four numbers of every address. */
  readonly #prefix: string;
  readonly #namespaces: string[] = [];
  readonly #relay: Relay;
  readonly #people: LabPerson[] = [];
  #lines = 0;

  static async create(): Promise<Laboratory> {
    await removeAbandoned(FAMILY);
    const laboratory = new Laboratory(await freePrefix(PREFIXES));
    try {
      await laboratory.#begin();
    } catch (error) {
      await laboratory.close();
      throw error;
    }
    return laboratory;
  }

  private constructor(prefix: string) {
    this.#prefix = prefix;
    this.#relay = new Relay({ local: `${this.#prefix}.255.1`, remote: `${this.#prefix}.255.2` });
  }

  /** Where the product is to listen. */
  get server(): LabMachine {
    return { address: `${this.#prefix}.0.2`, prefix: inNamespace(this.#server) };
  }

  /** Somebody whose way to the server is as `profile` says. */
  async person(profile: LineProfile): Promise<LabPerson> {
    const number = this.#people.length;
    const namespace = `${this.#name}-p${number}`;
    await this.#namespace(namespace);
    const person = new LabPerson(namespace, (device, of) => this.#line(namespace, device, of));
    this.#people.push(person);
    await person.connect(profile);
    return person;
  }

  /** Takes away all that this object made, and nothing else. */
  async close(): Promise<void> {
    await this.#relay.close();
    for (const person of this.#people.splice(0)) await person.close();
    // A device goes with its namespace, and so does the other end of a pair.
    for (const name of this.#namespaces.splice(0)) await ip('netns', 'del', name).catch(() => undefined);
  }

  get #server(): string {
    return `${this.#name}-server`;
  }

  /** Where the tunnels' outsides are. */
  get #ground(): string {
    return `${this.#name}-ground`;
  }

  async #begin(): Promise<void> {
    await this.#namespace(this.#ground);
    await this.#namespace(this.#server);
    await this.#pair(`rlg${process.pid}`, this.#ground, 255, TUNNEL_MTU);
    await this.#pair(`rls${process.pid}`, this.#server, 0, '1500');
  }

  async #namespace(name: string): Promise<void> {
    await addNamespace(name);
    this.#namespaces.push(name);
  }

  /** A line without fault between this machine (…1) and a namespace (…2). */
  async #pair(here: string, namespace: string, third: number, mtu: string): Promise<void> {
    const there = ['name', 'here', 'mtu', mtu, 'netns', namespace];
    await ip('link', 'add', 'name', here, 'mtu', mtu, 'type', 'veth', 'peer', ...there);
    await ip('addr', 'add', `${this.#prefix}.${third}.1/24`, 'dev', here);
    await ip('link', 'set', 'dev', here, 'up');
    await ip('-n', namespace, 'addr', 'add', `${this.#prefix}.${third}.2/24`, 'dev', 'here');
    await ip('-n', namespace, 'link', 'set', 'dev', 'here', 'up');
  }

  /** Makes a line whose near end is `device` in the person's namespace, not yet in use. */
  async #line(namespace: string, device: string, profile: LineProfile): Promise<LabLine> {
    const id = this.#lines++;
    const near = { namespace, device, port: FIRST_PORT + 2 * id };
    const far = { namespace: this.#server, device: `line${id}`, port: near.port + 1 };
    const line = new LabLine({ id, relay: this.#relay, near, far, profile });
    await this.#relay.open({ id, near, far, seed: 1000 + id, state: line.state });
    const subnet = `${this.#prefix}.${10 + id}`;
    for (const [end, last] of [
      [near, 2],
      [far, 1],
    ] as const) {
      await this.#tunnelEnd(end, macOf(id, last));
      await ip('-n', end.namespace, 'addr', 'add', `${subnet}.${last}/24`, 'dev', end.device);
      await ip('-n', end.namespace, 'link', 'set', 'dev', end.device, 'mtu', '1500', 'up');
      // Nobody has to ask who has an address, on a line that loses questions.
      const other = [`${subnet}.${3 - last}`, 'lladdr', macOf(id, 3 - last), 'dev', end.device];
      await ip('-n', end.namespace, 'neigh', 'add', ...other, 'nud', 'permanent');
    }
    await line.begin();
    return line;
  }

  /** A device whose inside is in the end's namespace and whose outside goes to the relay. */
  async #tunnelEnd(end: { namespace: string; device: string; port: number }, mac: string): Promise<void> {
    const outside = ['id', VNI, 'remote', `${this.#prefix}.255.1`, 'dstport', String(end.port)];
    const made = `t${end.port}`;
    await ip('-n', this.#ground, 'link', 'add', 'name', made, 'address', mac, 'type', 'vxlan', ...outside);
    await ip('-n', this.#ground, 'link', 'set', 'dev', made, 'netns', end.namespace, 'name', end.device);
  }
}

/** As a system's network manager does. */
async function leave({ near: { namespace, device } }: LabLine): Promise<void> {
  await ip('-n', namespace, 'link', 'set', 'dev', device, 'down');
  await ip('-n', namespace, 'addr', 'flush', 'dev', device);
}

const macOf = (id: number, last: number) => `02:00:00:00:${id.toString(16).padStart(2, '0')}:0${last}`;

/** Somebody in a namespace of their own, on one line at a time. */
export class LabPerson {
  readonly #namespace: string;
  readonly #makeLine: (device: string, profile: LineProfile) => Promise<LabLine>;
  readonly #lines: LabLine[] = [];
  #folder: string | undefined;

  constructor(namespace: string, makeLine: (device: string, profile: LineProfile) => Promise<LabLine>) {
    this.#namespace = namespace;
    this.#makeLine = makeLine;
  }

  /** The line in use. */
  get line(): LabLine {
    const line = this.#lines.at(-1);
    if (!line) throw new Error('not connected yet');
    return line;
  }

  /** Every line that was in use, the last one now. */
  get lines(): readonly LabLine[] {
    return this.#lines;
  }

  get prefix(): readonly string[] {
    return inNamespace(this.#namespace);
  }

  /**
   * Takes another line, with another address, and leaves the one in use: from Wi-Fi to LTE. The former device goes down with its
   * address at once, which the person's system notices; nothing is sent from that address on the other line.
   */
  async connect(profile: LineProfile): Promise<LabLine> {
    const former = this.#lines.at(-1);
    const line = await this.#makeLine(`line${this.#lines.length}`, profile);
    const { device } = line.near;
    const gateway = (await ip('-n', this.#namespace, 'neigh', 'show', 'dev', device)).split(' ')[0]!;
    if (former) await leave(former);
    await ip('-n', this.#namespace, 'route', 'replace', 'default', 'via', gateway, 'dev', device);
    this.#lines.push(line);
    return line;
  }

  /** A program that starts `executable` there with its own arguments, for who wants one path. */
  async programThere(executable: string): Promise<string> {
    this.#folder ??= await mkdtemp(join(tmpdir(), 'relais-lab-'));
    const path = join(this.#folder, 'program');
    await writeFile(path, `#!/bin/sh\nexec ${this.prefix.join(' ')} "${executable}" "$@"\n`);
    await chmod(path, 0o755);
    return path;
  }

  async close(): Promise<void> {
    if (this.#folder) await rm(this.#folder, { recursive: true, force: true });
  }
}
