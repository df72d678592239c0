import { Worker } from 'node:worker_threads';
import { withTimeout } from '@relais/kit';
import type { Impairment } from './profiles.ts';

/** One end of a line: where its packets come in, and where those for it go. */
export interface RelayEnd {
  port: number;
}

/** What a line does to packets now. `isCut`: nothing passes, and nobody is told. */
export interface RelayState {
  up: Impairment;
  down: Impairment;
  isCut: boolean;
}

export interface RelayLine {
  id: number;
  /** Packets from here go up. */
  near: RelayEnd;
  far: RelayEnd;
  seed: number;
  state: RelayState;
}

export type RelayOrder =
  { type: 'open'; line: RelayLine } | { type: 'change'; id: number; state: RelayState };

/** What became of opening a line. */
export interface RelayNews {
  type: 'open' | 'failed';
  id: number;
  why?: string;
}

const OPEN_TIMEOUT_MS = 5000;

/**
 * Carries the packets of all lines, in a thread of its own so that nothing else that this process does delays them. The
 * packets are whole Ethernet frames in VXLAN's UDP, so that what happens to them happens to TCP and UDP alike.
 */
export class Relay {
  readonly #worker: Worker;
  readonly #opening = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();

  /** `local` is our own address towards the tunnels' ends, `remote` theirs. */
  constructor(addresses: { local: string; remote: string }) {
    this.#worker = new Worker(new URL('./relay-worker.ts', import.meta.url), { workerData: addresses });
    this.#worker.on('message', (news: RelayNews) => {
      const waiting = this.#opening.get(news.id);
      if (news.type === 'open') waiting?.resolve();
      else waiting?.reject(new Error(`line ${news.id}: ${news.why ?? ''}`));
    });
    this.#worker.on('error', (error: Error) => {
      for (const { reject } of this.#opening.values()) reject(error);
    });
  }

  /** Resolves when packets of the line pass. */
  async open(line: RelayLine): Promise<void> {
    const opened = new Promise<void>((resolve, reject) => this.#opening.set(line.id, { resolve, reject }));
    this.#tell({ type: 'open', line });
    await withTimeout(opened, OPEN_TIMEOUT_MS, 'opening a line');
    this.#opening.delete(line.id);
  }

  change(id: number, state: RelayState): void {
    this.#tell({ type: 'change', id, state });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #tell(order: RelayOrder): void {
    this.#worker.postMessage(order);
  }
}
