import type { types } from 'mediasoup';
import { producerId } from '@relais/protocol';
import type { ProducerId } from '@relais/protocol';

/**
 * Share of a sound's packets that its browser missed, from which on its line is drowned: thin lines lose less once pictures have
 * made room, and a bad air (30 %) is better served by sending on.
 */
const DROWNED = 0.5;
/** Sounds of which that is told, and milliseconds within which: one alone may be its own matter. */
const SOUNDS = 2;
const TOGETHER_MS = 6000;
/** Packets of a sound since the last look, fewer of which tell nothing: silence is three in a second. */
const ENOUGH_PACKETS = 30;
/** Below it a sound is looked at: mediasoup's score of a stream, 0 to 10, is a slow average, and 10 at no loss. */
const SUSPECT_SCORE = 8;
/** Milliseconds for which room is held: a browser's word comes through within them, and everybody's sound is frugal after it. */
export const HOLD_MS = 10_000;
/** Milliseconds between two looks at who speaks meanwhile: a syllable. */
const LOOK_MS = 150;

interface DrownedLineDeps {
  /** All that its browser is sent now. */
  consumers(): Iterable<types.Consumer>;
  /** Rejects when it is closed, or when its worker does not answer in time. */
  statsOf(consumer: types.Consumer): ReturnType<types.Consumer['getStats']>;
  /** A sound that is measured here, and in which nothing was heard of late. */
  isSilent(id: ProducerId): boolean;
  /** Stops a consumer's packets, or has them flow again if nothing else stops them. */
  hold(consumer: types.Consumer, isHeld: boolean): void;
}

/**
 * [LINE-12] A line that is full of what its browser does not want: more than half of the sound is lost, and so is every answer
 * to the browser's words that would change it, for as long as it lasts (measured at 64 kbit/s: twelve seconds and more). Its
 * reports of what it missed come up all the same. Then pictures, and the sound of those who are silent, wait for some seconds.
 */
export class DrownedLine {
  readonly #deps: DrownedLineDeps;
  /** When sounds were last told to be drowned, by their consumers. */
  readonly #told = new Map<types.Consumer, number>();
  readonly #sent = new WeakMap<types.Consumer, number>();
  readonly #held = new Set<types.Consumer>();
  #until = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(deps: DrownedLineDeps) {
    this.#deps = deps;
  }

  /** Call once for each consumer; it is forgotten when it closes. */
  watch(consumer: types.Consumer): void {
    consumer.observer.once('close', () => {
      this.#told.delete(consumer);
      this.#held.delete(consumer);
      if (this.#held.size === 0) this.#end();
    });
    if (consumer.kind !== 'audio') return;
    consumer.on('score', ({ score }) => {
      if (score < SUSPECT_SCORE) void this.#look(consumer);
    });
  }

  isHeld(consumer: types.Consumer): boolean {
    return this.#held.has(consumer);
  }

  async #look(consumer: types.Consumer): Promise<void> {
    // One that has no statistics tells nothing.
    const stats = await this.#deps.statsOf(consumer).catch(() => []);
    if (consumer.closed) return;
    const own = stats.find((one) => one.type === 'outbound-rtp');
    if (!own) return;
    const packets = own.packetCount - (this.#sent.get(consumer) ?? 0);
    this.#sent.set(consumer, own.packetCount);
    const isDrowned = packets >= ENOUGH_PACKETS && own.fractionLost / 256 >= DROWNED;
    if (!isDrowned) return void this.#told.delete(consumer);
    const now = Date.now();
    this.#told.set(consumer, now);
    const together = [...this.#told.values()].filter((at) => now - at < TOGETHER_MS);
    if (together.length >= SOUNDS) this.#begin(now);
  }

  #begin(now: number): void {
    this.#until = now + HOLD_MS;
    this.#told.clear();
    for (const consumer of this.#deps.consumers()) {
      if (this.#held.has(consumer) || !this.#canWait(consumer)) continue;
      this.#held.add(consumer);
      this.#deps.hold(consumer, true);
    }
    if (this.#held.size > 0) this.#timer ??= setInterval(() => this.#tick(), LOOK_MS).unref();
  }

  /** Whoever begins to speak is heard at once. */
  #tick(): void {
    const isOver = Date.now() >= this.#until;
    for (const consumer of [...this.#held]) if (isOver || !this.#canWait(consumer)) this.#release(consumer);
    if (this.#held.size === 0) this.#end();
  }

  #release(consumer: types.Consumer): void {
    this.#held.delete(consumer);
    this.#deps.hold(consumer, false);
  }

  #end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #canWait({ kind, producerId: id }: types.Consumer): boolean {
    return kind === 'video' || this.#deps.isSilent(producerId.parse(id));
  }
}
