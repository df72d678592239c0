import { fail } from '@relais/kit';
import { seeded } from '@relais/domain/breakout/seeded';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Browser, Refused } from '../test-support/browser.ts';
import { CODE, MEETING_ID } from '../test-support/hub-rig.ts';
import { HubsRig } from '../test-support/hubs-rig.ts';
import { Writer } from '../test-support/writer.ts';
import { createMemoryNoteStore } from './adapters/memory-note-store.ts';
import type { NoteStore } from './ports/note-store.ts';

const PEOPLE = 5;
const STEPS = 160;
const SEEDS = Array.from({ length: 30 }, (_, i) => i + 1);

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Somebody with a page that outlives every line and every hub. */
interface Person {
  browser: Browser;
  writer: Writer;
}

/** Notes whose store is away now and then, before or after it has stored. */
function troubled(random: () => number): { notes: NoteStore; trouble: { odds: number } } {
  const memory = createMemoryNoteStore();
  const trouble = { odds: 0.08 };
  const away = () => random() < trouble.odds;
  const unavailable = fail({ kind: 'unavailable' } as const);
  const notes: NoteStore = {
    ...memory,
    load: async (...given) => (away() ? unavailable : memory.load(...given)),
    async append(...given) {
      if (away()) return unavailable;
      const done = await memory.append(...given);
      return away() ? unavailable : done;
    },
    compact: async (...given) => (away() ? unavailable : memory.compact(...given)),
  };
  return { notes, trouble };
}

test.each(SEEDS)(
  '[NOTE-1] [NOTE-2] whoever is cut off, and whatever is killed, all end with one text that holds each acknowledged word once (seed %i)',
  async (seed) => {
    const random = seeded(seed);
    const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
    const { notes, trouble } = troubled(random);
    const rig = new HubsRig({ notes, delivered: 'when asked' });
    await rig.createMeeting();
    for (let i = 0; i < 3; i += 1) rig.start();
    const people: Person[] = [];
    for (let i = 0; i < PEOPLE; i += 1)
      people.push({ browser: new Browser(pick(rig.hubs).gateway), writer: new Writer('plenary') });
    let words = 0;

    const unlessRefused = async (done: Promise<unknown>) => {
      await done.catch((error: unknown) => {
        if (!(error instanceof Refused)) throw error;
        // No change of a page that is as it should be is ever taken for a wrong one.
        expect(error.refusal.kind).not.toBe('invalidInput');
      });
    };
    async function enter(person: Person): Promise<void> {
      const { seat } = person.browser;
      person.browser = new Browser(pick(rig.hubs).gateway);
      person.browser.seat = seat;
      await unlessRefused(person.browser.join(CODE, 'Ana').then(() => person.writer.open(person.browser)));
    }
    /** The answer may never come: the hub is killed while it is awaited. */
    async function send({ browser, writer }: Person): Promise<void> {
      if (!browser.connection?.open) return;
      const sending = unlessRefused(writer.send(browser));
      if (random() < 0.05 && rig.hubs.length > 1) {
        rig.kill(pick(rig.hubs));
        rig.start();
      }
      await Promise.race([sending, vi.advanceTimersByTimeAsync(50)]);
    }
    function write({ writer }: Person): void {
      // Between two words: one that is split by another would not be found.
      const ends = [0, ...[...writer.said.matchAll(/\)/g)].map(({ index }) => index + 1)];
      writer.write(`(${(words += 1)})`, pick(ends));
    }

    for (const person of people) await enter(person);
    for (let step = 0; step < STEPS; step += 1) {
      const person = pick(people);
      const dice = random();
      if (dice < 0.4) write(person);
      else if (dice < 0.7) await send(person);
      else if (dice < 0.8) person.writer.hear(person.browser);
      else if (dice < 0.85) person.browser.cut();
      else if (dice < 0.93) await enter(person);
      else for (const { id } of rig.hubs) rig.exchange.deliver(id, Math.floor(random() * 4));
      await vi.advanceTimersByTimeAsync(0);
    }

    trouble.odds = 0;
    for (const person of people) await enter(person);
    for (const { browser, writer } of people) {
      await writer.send(browser);
      expect(writer.unsent).toEqual([]);
    }
    for (const { browser, writer } of people) await writer.open(browser);
    const [first, ...others] = people.map(({ writer }) => writer.said);
    for (const other of others) expect(other).toBe(first);
    const acknowledged = people.flatMap(({ writer }) => writer.acknowledged);
    expect(acknowledged).toHaveLength(words);
    for (const word of acknowledged) expect(first!.split(word)).toHaveLength(2);
    // As a hub reads it that has never seen it.
    const fresh = new Browser(rig.start().gateway);
    await fresh.join(CODE, 'Tard');
    expect((await fresh.call('notes:read', { place: 'plenary' })).text).toBe(first);
    const stored = await notes.load({ meetingId: MEETING_ID, place: 'plenary' }, 0);
    expect(stored.ok && stored.value.rows).toBeLessThanOrEqual(62);
    await rig.close();
  },
);
