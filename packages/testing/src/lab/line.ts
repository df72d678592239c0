import type { Direction, LineProfile } from './profiles.ts';
import type { Relay, RelayState } from './relay.ts';
import { ip, run } from './system.ts';

/** Bytes and packets since the line was made, headers of IP and Ethernet counted, as the person's end counts them. */
export interface LineCounters {
  /** Milliseconds since 1970. */
  at: number;
  sent: { bytes: number; packets: number };
  received: { bytes: number; packets: number };
}

/** One end of a line: a device in a namespace. */
export interface DeviceEnd {
  namespace: string;
  device: string;
}

/**
 * A line between somebody and the server: bandwidth and queue are the kernel's (TBF) at the sending end of either direction;
 * delay, loss and order are the relay's, after it. It can be changed while it is in use.
 */
export class LabLine {
  readonly near: DeviceEnd;
  readonly far: DeviceEnd;
  readonly #id: number;
  readonly #relay: Relay;
  #profile: LineProfile;
  #isCut = false;

  constructor(parts: { id: number; relay: Relay; near: DeviceEnd; far: DeviceEnd; profile: LineProfile }) {
    this.#id = parts.id;
    this.#relay = parts.relay;
    this.near = parts.near;
    this.far = parts.far;
    this.#profile = parts.profile;
  }

  get profile(): LineProfile {
    return this.#profile;
  }

  /** Puts the bandwidth in place; the relay begins with the profile's delay and loss. */
  async begin(): Promise<void> {
    await Promise.all([shape(this.near, this.#profile.up), shape(this.far, this.#profile.down)]);
  }

  /** Another profile from now on; what is under way arrives. */
  async change(profile: LineProfile): Promise<void> {
    this.#profile = profile;
    this.#tell();
    await this.begin();
  }

  /** Nothing passes from now on, in either direction, and nobody is told: a tunnel, a hole in the coverage. */
  cut(): void {
    this.#isCut = true;
    this.#tell();
  }

  mend(): void {
    this.#isCut = false;
    this.#tell();
  }

  async counters(): Promise<LineCounters> {
    const { namespace, device } = this.near;
    const text = await ip('-j', '-s', '-n', namespace, 'link', 'show', 'dev', device);
    const [link] = JSON.parse(text) as [{ stats64: Record<'rx' | 'tx', { bytes: number; packets: number }> }];
    const { tx, rx } = link.stats64;
    return {
      at: Date.now(),
      sent: { bytes: tx.bytes, packets: tx.packets },
      received: { bytes: rx.bytes, packets: rx.packets },
    };
  }

  /** Packets that found the queue before the thin place full, since the last change. */
  async dropped(): Promise<{ up: number; down: number }> {
    const [up, down] = await Promise.all([droppedAt(this.near), droppedAt(this.far)]);
    return { up, down };
  }

  get state(): RelayState {
    return { up: this.#profile.up, down: this.#profile.down, isCut: this.#isCut };
  }

  #tell(): void {
    this.#relay.change(this.#id, this.state);
  }
}

/** The largest frame: a packet of 1,500 bytes and Ethernet's header, with some room. */
const FRAME_BYTES = 1600;
/** The bucket holds so many seconds of the rate where that is more than a frame: below it fast lines are not filled. */
const BUCKET_S = 0.004;

async function shape({ namespace, device }: DeviceEnd, direction: Direction): Promise<void> {
  const { bitsPerSecond, queueMs = 200 } = direction;
  const tc = (...args: string[]) => run('tc', '-n', namespace, 'qdisc', ...args);
  if (bitsPerSecond === undefined) {
    await tc('del', 'dev', device, 'root').catch(() => undefined);
    return;
  }
  const burst = Math.round(Math.max(FRAME_BYTES, (bitsPerSecond / 8) * BUCKET_S));
  const thin = ['rate', `${bitsPerSecond}bit`, 'burst', String(burst), 'latency', `${queueMs}ms`];
  await tc('replace', 'dev', device, 'root', 'tbf', ...thin);
}

async function droppedAt({ namespace, device }: DeviceEnd): Promise<number> {
  const text = await run('tc', '-n', namespace, '-s', 'qdisc', 'show', 'dev', device);
  return Number(/dropped (\d+)/.exec(text)?.[1] ?? 0);
}
