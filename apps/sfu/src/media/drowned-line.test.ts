import { EventEmitter } from 'node:events';
import type { types } from 'mediasoup';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DrownedLine, HOLD_MS } from './drowned-line.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A consumer as far as it is looked at: what its browser reports is said by `reports`. */
class Sent extends EventEmitter {
  readonly observer = new EventEmitter();
  readonly kind: 'audio' | 'video';
  readonly producerId: string;
  closed = false;
  #packets = 0;
  #lost = 0;

  constructor(kind: 'audio' | 'video', producerId: string) {
    super();
    this.kind = kind;
    this.producerId = producerId;
  }

  getStats = () =>
    Promise.resolve([{ type: 'outbound-rtp', packetCount: this.#packets, fractionLost: this.#lost * 256 }]);

  async reports(lost: number, packets = 50): Promise<void> {
    this.#packets += packets;
    this.#lost = lost;
    this.emit('score', { score: Math.round(10 * (1 - lost)) });
    await vi.advanceTimersByTimeAsync(0);
  }

  close(): void {
    this.closed = true;
    this.observer.emit('close');
  }
}

function setUp() {
  const ana = new Sent('audio', 'ana');
  const bea = new Sent('audio', 'bea');
  const cleo = new Sent('audio', 'cleo');
  const face = new Sent('video', 'face');
  const all = [ana, bea, cleo, face];
  const speaking = new Set(['ana']);
  const held = new Set<string>();
  const line = new DrownedLine({
    consumers: () => all as unknown as types.Consumer[],
    statsOf: (consumer) => consumer.getStats(),
    isSilent: (id) => !speaking.has(id),
    hold: (consumer, isHeld) =>
      void (isHeld ? held.add(consumer.producerId) : held.delete(consumer.producerId)),
  });
  for (const one of all) line.watch(one as unknown as types.Consumer);
  return { ana, bea, cleo, face, speaking, held: () => [...held].sort(), line };
}

describe('[LINE-12] a line that is drowned', () => {
  test('pictures and who is silent wait when more than half of two sounds is lost; who speaks is sent', async () => {
    const { ana, bea, held } = setUp();
    await ana.reports(0.8);
    expect(held()).toEqual([]);
    await bea.reports(0.7);
    expect(held()).toEqual(['bea', 'cleo', 'face']);
  });

  test('whoever begins to speak is sent at once, and everything after ten seconds', async () => {
    const { ana, bea, speaking, held } = setUp();
    await ana.reports(0.8);
    await bea.reports(0.8);
    speaking.add('cleo');
    await vi.advanceTimersByTimeAsync(200);
    expect(held()).toEqual(['bea', 'face']);
    await vi.advanceTimersByTimeAsync(HOLD_MS - 500);
    expect(held()).toEqual(['bea', 'face']);
    await vi.advanceTimersByTimeAsync(500);
    expect(held()).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('it waits on as long as that is told again', async () => {
    const { ana, bea, held } = setUp();
    for (let seconds = 0; seconds < 30; seconds += 5) {
      await ana.reports(0.8);
      await bea.reports(0.8);
      await vi.advanceTimersByTimeAsync(5000);
    }
    expect(held()).toEqual(['bea', 'cleo', 'face']);
  });

  test('nothing waits for one sound alone, for an air that loses a third, or for a silence of which some is lost', async () => {
    const { ana, bea, cleo, held } = setUp();
    await ana.reports(0.9);
    await bea.reports(0.35);
    await cleo.reports(0.9, 10);
    expect(held()).toEqual([]);
    // Told too long ago it is of another time.
    await vi.advanceTimersByTimeAsync(7000);
    await bea.reports(0.9);
    expect(held()).toEqual([]);
  });

  test('what is closed meanwhile is forgotten, with its timer', async () => {
    const { ana, bea, cleo, face, held } = setUp();
    await ana.reports(0.8);
    await bea.reports(0.8);
    expect(held()).toHaveLength(3);
    for (const one of [bea, cleo, face]) one.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});
