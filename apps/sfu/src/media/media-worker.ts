import { networkInterfaces } from 'node:os';
import type { types } from 'mediasoup';
import { TimeoutError, withTimeout } from '@relais/kit';
import type { SfuSettings } from '../options.ts';
import type { SpareWorker } from './spare-worker.ts';
import { closeIfClosable, START_TIMEOUT_MS, startProcess } from './worker-process.ts';

/** What a worker knows of a room that it carries, or of the part of it that it carries. */
export interface HostedRoom {
  readonly peerCount: number;
  readonly producerCount: number;
  readonly consumerCount: number;
  /** Consumers that count for placing: also those of pipes, and those that are about to be opened. */
  readonly load: number;
  workerDied(): void;
}

/** How long a worker may take to end of its own accord before it is killed. */
const CLOSE_TIMEOUT_MS = 1000;

/** One worker process with the ports it listens on, and the rooms it carries. */
export class MediaWorker {
  readonly index: number;
  readonly rooms = new Set<HostedRoom>();
  readonly webRtcServer: types.WebRtcServer;
  readonly #worker: types.Worker;
  readonly #settings: SfuSettings;
  #probing = false;

  /** On the spare process when one waits, otherwise on a new one. */
  static async start(index: number, settings: SfuSettings, spare?: SpareWorker): Promise<MediaWorker> {
    const worker = spare?.take() ?? (await startProcess(settings));
    try {
      const listening = listen(worker, index, settings);
      const webRtcServer = await withTimeout(listening, START_TIMEOUT_MS, 'opening the ports of a worker');
      return new MediaWorker(index, settings, worker, webRtcServer);
    } catch (error) {
      worker.close();
      throw error;
    }
  }

  private constructor(
    index: number,
    settings: SfuSettings,
    worker: types.Worker,
    webRtcServer: types.WebRtcServer,
  ) {
    this.index = index;
    this.#settings = settings;
    this.#worker = worker;
    this.webRtcServer = webRtcServer;
  }

  get pid(): number {
    return this.#worker.pid;
  }

  /** True from the moment when it died or was told to close. */
  get closed(): boolean {
    return this.#worker.closed;
  }

  get consumerCount(): number {
    return sum(this.rooms, (room) => room.consumerCount);
  }

  get load(): number {
    return sum(this.rooms, (room) => room.load);
  }

  get peerCount(): number {
    return sum(this.rooms, (room) => room.peerCount);
  }

  get producerCount(): number {
    return sum(this.rooms, (room) => room.producerCount);
  }

  /** Calls back once when the process ends without having been told to; at once if it already has. */
  onDied(listener: (reason: string) => void): void {
    if (this.#worker.died) listener('died while starting');
    else this.#worker.once('died', (error) => listener(error.message));
  }

  createRouter(mediaCodecs: types.RouterRtpCodecCapability[]): Promise<types.Router> {
    return this.ask(this.#worker.createRouter({ mediaCodecs }), 'createRouter');
  }

  /** The worker's own count of what it holds, for tests of leaks. */
  dump(): Promise<types.WorkerDump> {
    return this.ask(this.#worker.dump(), 'dump');
  }

  resourceUsage(): Promise<types.WorkerResourceUsage> {
    return this.ask(this.#worker.getResourceUsage(), 'getResourceUsage');
  }

  /**
   * The worker's answer, or a `TimeoutError`. What it makes too late has no owner any more and is closed. A
   * worker that leaves a question open is asked a simple one, and killed (so replaced) if that stays open too:
   * a process that hangs would otherwise look like the least loaded one for ever.
   */
  async ask<T>(asked: Promise<T>, what: string): Promise<T> {
    try {
      return await withTimeout(asked, this.#settings.callTimeoutMs, what);
    } catch (error) {
      if (error instanceof TimeoutError) {
        asked.then(closeIfClosable, () => undefined);
        void this.#probe();
      }
      throw error;
    }
  }

  /** Ends the process, by force if it does not do so by itself. */
  async close(): Promise<void> {
    if (this.#worker.subprocessClosed) return;
    const ended = new Promise<void>((resolve) => {
      this.#worker.once('subprocessclose', () => resolve());
    });
    this.#worker.close();
    await withTimeout(ended, CLOSE_TIMEOUT_MS, 'closing a worker').catch(() => this.kill());
  }

  kill(): void {
    try {
      process.kill(this.pid, 'SIGKILL');
    } catch {
      // It is gone already, which is what was wanted.
    }
  }

  async #probe(): Promise<void> {
    if (this.#probing || this.closed) return;
    this.#probing = true;
    try {
      const { callTimeoutMs } = this.#settings;
      await withTimeout(this.#worker.getResourceUsage(), callTimeoutMs, 'probing a worker');
    } catch (error) {
      if (!(error instanceof TimeoutError) || this.closed) return;
      this.#settings.logger.error({ worker: this.index, pid: this.pid }, 'worker hangs and is killed');
      this.kill();
    } finally {
      this.#probing = false;
    }
  }
}

/**
 * On all addresses, or on those that this machine still has: one may have gone with its network since the node began (a VPN, a
 * container's bridge), and is no reason to carry nothing on the others.
 */
async function listen(worker: types.Worker, index: number, settings: SfuSettings) {
  const all = listenInfos(index, settings);
  try {
    return await worker.createWebRtcServer({ listenInfos: all });
  } catch (error) {
    const here = all.filter(({ ip }) => isHere(ip));
    if (here.length === 0 || here.length === all.length) throw error;
    const gone = [...new Set(all.map(({ ip }) => ip).filter((ip) => !isHere(ip)))];
    settings.logger.warn({ worker: index, gone }, 'addresses that this machine no longer has');
    return worker.createWebRtcServer({ listenInfos: here });
  }
}

const isHere = (ip: string) =>
  Object.values(networkInterfaces()).some((entries) => entries?.some(({ address }) => address === ip));

function listenInfos(index: number, settings: SfuSettings): types.TransportListenInfo[] {
  const { listenAddresses, announcedAddress, port } = settings;
  const own = port === 0 ? {} : { port: port + index };
  const announced = announcedAddress === undefined ? {} : { announcedAddress };
  return (['udp', 'tcp'] as const).flatMap((protocol) =>
    listenAddresses.map((ip) => ({ protocol, ip, ...own, ...announced })),
  );
}

function sum<T>(items: Iterable<T>, count: (item: T) => number): number {
  let total = 0;
  for (const item of items) total += count(item);
  return total;
}
