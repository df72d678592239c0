import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePrefix, removeAbandoned } from '@relais/testing/lab/shared-machine';

const run = promisify(execFile);

function ip(...args: string[]): Promise<unknown> {
  return run('ip', args, { timeout: 5000 });
}

/** Networks 10.100 to 10.199. */
const PREFIXES = { from: 100, count: 100 };
/** What begins the names of the machine that roams and of its router. */
const FAMILY = 'relais-roam';

/** The two networks that a roaming machine may be on. */
export type Side = 'wifi' | 'mobile';
const SIDES: readonly Side[] = ['wifi', 'mobile'];
/** What is neither for the router itself nor from it, without a word to who sent it. */
const SWALLOW = ['priority', '10', 'blackhole'];

/**
 * A machine for a browser, in a network namespace of its own, which goes from one network to another as a phone does, with
 * another address on each; a router stands between it and this machine, and can swallow all that it says and hears, as a
 * tunnel does, so that nobody is told.
 */
export class Roaming {
  /** This machine, as the roaming one reaches it. */
  readonly serverAddress: string;
  /** Runs Chromium in the namespace: to be given as its executable. */
  readonly wrapper: string;
  readonly #prefix: string;
  readonly #router: string;
  readonly #machine: string;
  readonly #here: string;
  readonly #folder: string;

  static async create(chromiumPath: string): Promise<Roaming> {
    await removeAbandoned(FAMILY);
    const folder = await mkdtemp(join(tmpdir(), 'relais-roaming-'));
    const roaming = new Roaming(folder, await freePrefix(PREFIXES));
    try {
      await roaming.#begin(chromiumPath);
    } catch (error) {
      await roaming.close();
      throw error;
    }
    return roaming;
  }

  private constructor(folder: string, prefix: string) {
    this.#folder = folder;
    this.wrapper = join(folder, 'chromium');
    this.#prefix = prefix;
    this.#router = `${FAMILY}-${process.pid}-way`;
    this.#machine = `${FAMILY}-${process.pid}-machine`;
    this.#here = `roam${process.pid}`;
    this.serverAddress = `${this.#prefix}.0.2`;
  }

  /** Bytes of IP packets that this network's line has carried for the machine, both ways, since it was made. */
  async carried(side: Side): Promise<number> {
    const shown = await run('ip', ['-n', this.#machine, '-j', '-s', 'link', 'show', 'dev', side], {
      timeout: 5000,
    });
    const [device] = JSON.parse(shown.stdout) as {
      stats64: Record<'rx' | 'tx', { bytes: number; packets: number }>;
    }[];
    if (!device) throw new Error(`no line ${side}`);
    const { rx, tx } = device.stats64;
    // Without the line's own frame around each packet.
    return rx.bytes + tx.bytes - 14 * (rx.packets + tx.packets);
  }

  /** Nothing passes from now on, in either direction, and nobody is told. */
  async enterTunnel(): Promise<void> {
    await ip('-n', this.#router, 'rule', 'add', ...SWALLOW);
  }

  async leaveTunnel(): Promise<void> {
    await ip('-n', this.#router, 'rule', 'del', ...SWALLOW);
  }

  /** The network goes away and the machine knows: its address is gone. */
  async unplug(side: Side): Promise<void> {
    await ip('-n', this.#machine, 'link', 'set', 'dev', side, 'down');
  }

  /** The machine is on this network, with its address there. */
  async plug(side: Side): Promise<void> {
    await ip('-n', this.#machine, 'link', 'set', 'dev', side, 'up');
    const gateway = this.#address(side, 1);
    await ip('-n', this.#machine, 'route', 'replace', 'default', 'via', gateway, 'dev', side);
  }

  /** Takes away all that this object made, and nothing else. */
  async close(): Promise<void> {
    // A line goes with either of its ends.
    for (const name of [this.#machine, this.#router]) await ip('netns', 'del', name).catch(() => undefined);
    await rm(this.#folder, { recursive: true, force: true });
  }

  #address(side: Side, host: number): string {
    return `${this.#prefix}.${SIDES.indexOf(side) + 1}.${host}`;
  }

  async #begin(chromiumPath: string): Promise<void> {
    for (const name of [this.#router, this.#machine]) {
      await ip('netns', 'add', name);
      await ip('-n', name, 'link', 'set', 'dev', 'lo', 'up');
    }
    const forward = 'echo 1 >/proc/sys/net/ipv4/ip_forward';
    await run('ip', ['netns', 'exec', this.#router, 'sh', '-c', forward], { timeout: 5000 });
    await this.#lineHere();
    for (const side of SIDES) await this.#lineToMachine(side);
    await this.plug('wifi');
    await writeFile(this.wrapper, `#!/bin/sh\nexec ip netns exec ${this.#machine} "${chromiumPath}" "$@"\n`);
    await chmod(this.wrapper, 0o755);
  }

  async #lineHere(): Promise<void> {
    await ip('link', 'add', this.#here, 'type', 'veth', 'peer', 'name', 'out', 'netns', this.#router);
    await ip('addr', 'add', `${this.serverAddress}/24`, 'dev', this.#here);
    await ip('link', 'set', 'dev', this.#here, 'up');
    await ip('-n', this.#router, 'addr', 'add', `${this.#prefix}.0.1/24`, 'dev', 'out');
    await ip('-n', this.#router, 'link', 'set', 'dev', 'out', 'up');
    await ip('route', 'add', `${this.#prefix}.0.0/16`, 'via', `${this.#prefix}.0.1`);
  }

  async #lineToMachine(side: Side): Promise<void> {
    const ends = [side, 'type', 'veth', 'peer', 'name', side, 'netns', this.#machine];
    await ip('-n', this.#router, 'link', 'add', ...ends);
    await ip('-n', this.#router, 'addr', 'add', `${this.#address(side, 1)}/24`, 'dev', side);
    await ip('-n', this.#router, 'link', 'set', 'dev', side, 'up');
    await ip('-n', this.#machine, 'addr', 'add', `${this.#address(side, 2)}/24`, 'dev', side);
  }
}
