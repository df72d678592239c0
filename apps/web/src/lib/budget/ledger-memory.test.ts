import { describe, expect, it } from 'vitest';
import { createLedgerMemory, dayOf, foldLedgers, readLedger } from './ledger-memory.ts';

const NOON = new Date(2026, 10, 22, 12).getTime();
const HOUR = 3_600_000;

/** A browser's storage, of all its tabs. */
function createStorage({ isFull = false } = {}): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem(key, value) {
      if (isFull) throw new DOMException('full', 'QuotaExceededError');
      items.set(key, value);
    },
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
  };
}

function open(storage: Storage | undefined, pageId: string, clock: { at: number }, code = 'abc-defg-hjk') {
  return createLedgerMemory({ code, storage, now: () => clock.at, pageId });
}

const total = (page: ReturnType<typeof open>) => page.used().meeting.up + page.used().meeting.down;

describe('what this device has used [DATA-3]', () => {
  it('is kept over a reload, which is another page', () => {
    const [storage, clock] = [createStorage(), { at: NOON }];
    const first = open(storage, 'a', clock);
    first.spend({ up: 10, down: 90 });
    first.save();
    const second = open(storage, 'b', clock);
    second.spend({ up: 1, down: 9 });
    expect(second.used()).toEqual({ meeting: { up: 11, down: 99 }, since: NOON, today: 110, month: 110 });
  });

  it('is the sum of tabs that write at the same time: nothing is lost and nothing counted twice', () => {
    const [storage, clock] = [createStorage(), { at: NOON }];
    const [a, b] = [open(storage, 'a', clock), open(storage, 'b', clock)];
    for (let i = 0; i < 50; i += 1) {
      for (const page of [a, b]) page.spend({ up: 1, down: 1 });
      for (const page of [a, b]) page.save();
      for (const page of [a, b]) page.changed();
    }
    expect([total(a), total(b), total(open(storage, 'c', clock))]).toEqual([200, 200, 200]);
  });

  it('stays the same when pages that are gone are made into one, once or by several pages at once', async () => {
    const [storage, clock] = [createStorage(), { at: NOON }];
    for (const id of ['a', 'b', 'c']) {
      const page = open(storage, id, clock);
      page.spend({ up: 0, down: 100 });
      page.save();
    }
    clock.at += HOUR;
    const live = open(storage, 'live', clock);
    live.spend({ up: 0, down: 7 });
    live.save();
    await Promise.all([1, 2, 3].map(() => foldLedgers(storage, undefined, clock.at)));
    expect(storage.length).toBe(2);
    live.changed();
    expect(total(live)).toBe(307);
    expect(total(open(storage, 'next', clock))).toBe(307);
  });

  it('is not counted twice by a page that slept so long that it was taken for gone', async () => {
    const [storage, clock] = [createStorage(), { at: NOON }];
    const sleeper = open(storage, 'sleeper', clock);
    sleeper.spend({ up: 0, down: 100 });
    sleeper.save();
    clock.at += HOUR;
    await foldLedgers(storage, undefined, clock.at);
    sleeper.spend({ up: 0, down: 5 });
    sleeper.save();
    expect(total(sleeper)).toBe(105);
    expect(total(open(storage, 'next', clock))).toBe(105);
  });

  it('goes on counting where nothing can be kept', () => {
    for (const storage of [undefined, createStorage({ isFull: true })]) {
      const page = open(storage, 'a', { at: NOON });
      for (let i = 0; i < 3; i += 1) {
        page.spend({ up: 1, down: 1 });
        page.save();
      }
      expect(total(page)).toBe(6);
    }
  });

  it('begins today anew at midnight of the device, and the month with its first day', () => {
    const clock = { at: new Date(2026, 10, 30, 23, 59).getTime() };
    const page = open(createStorage(), 'a', clock);
    page.spend({ up: 0, down: 100 });
    clock.at += 2 * 60_000;
    page.spend({ up: 0, down: 5 });
    expect(page.used()).toMatchObject({ meeting: { down: 105 }, today: 5, month: 5 });
    expect(dayOf(new Date(clock.at))).toBe('2026-12-01');
  });

  it('reads nothing that is not ours, and passes over what is spoilt', () => {
    for (const text of ['', 'x', 'null', '[]', '{}', '{"days":1,"meetings":{}}'])
      expect(readLedger(text)).toBe(undefined);
    const spoilt =
      '{"days":{"2026-11-22":-5,"2026-11-21":7,"x":"y"},"meetings":{"a":{"up":1},"b":null},"at":"z"}';
    expect(readLedger(spoilt)).toEqual({ days: { '2026-11-21': 7 }, meetings: {}, at: 0 });
  });
});
