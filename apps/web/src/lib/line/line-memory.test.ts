import { freshLadder, type Ladder, type LineStep } from '@relais/domain';
import { describe, expect, it } from 'vitest';
import { createLineMemory, isCareOff } from './line-memory.ts';

const HOUR_MS = 60 * 60_000;

/** A browser's storage, and how often it was written to. */
function storage() {
  const kept = new Map<string, string>();
  const made = {
    writes: 0,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => {
      made.writes += 1;
      kept.set(key, value);
    },
  };
  return made as typeof made & Storage;
}

const closed = {
  getItem: () => {
    throw new DOMException('', 'SecurityError');
  },
  setItem: () => {
    throw new DOMException('', 'QuotaExceededError');
  },
} as unknown as Storage;

/** A ladder on these steps. */
function on(down: LineStep, up: LineStep): Ladder {
  const ladder = freshLadder({ thinDown: false, thinUp: false });
  return { ...ladder, down: { ...ladder.down, step: down }, up: { ...ladder.up, step: up } };
}

const wide = freshLadder({ thinDown: false, thinUp: false });
const thin = freshLadder({ thinDown: true, thinUp: true });

/** What a meeting begins with `after` so many milliseconds, when the last one ended on these steps. */
function later(ladder: Ladder, after: number) {
  const kept = storage();
  createLineMemory(
    kept,
    () => 1000,
    () => false,
  ).save(ladder);
  return createLineMemory(
    kept,
    () => 1000 + after,
    () => false,
  ).load();
}

describe('what a browser remembers of its line [LINE-6]', () => {
  it('lets a meeting begin with everything where nothing is known', () => {
    expect(
      createLineMemory(
        storage(),
        () => 0,
        () => false,
      ).load(),
    ).toEqual(wide);
    expect(
      createLineMemory(
        undefined,
        () => 0,
        () => false,
      ).load(),
    ).toEqual(wide);
  });

  it('lets it begin with sound alone for six hours after the line was thin, and no longer', () => {
    expect(later(thin, 6 * HOUR_MS - 1)).toEqual(thin);
    expect(later(thin, 6 * HOUR_MS)).toEqual(wide);
  });

  it('knows each direction by itself, from the step on which pictures are given up', () => {
    expect(later(on(3, 0), HOUR_MS)).toEqual(freshLadder({ thinDown: true, thinUp: false }));
    expect(later(on(0, 4), HOUR_MS)).toEqual(freshLadder({ thinDown: false, thinUp: true }));
    expect(later(on(2, 3), HOUR_MS)).toEqual(wide);
  });

  it('believes how the page came just now, whatever was remembered', () => {
    const kept = storage();
    createLineMemory(
      kept,
      () => 0,
      () => false,
    ).save(wide);
    expect(
      createLineMemory(
        kept,
        () => 0,
        () => true,
      ).load(),
    ).toEqual(thin);
  });

  it('writes only what has changed, for it is asked every second', () => {
    const kept = storage();
    const memory = createLineMemory(
      kept,
      () => 0,
      () => false,
    );
    for (const ladder of [on(0, 0), on(1, 2), on(3, 4), on(4, 4), on(0, 0)]) memory.save(ladder);
    expect(kept.writes).toBe(3);
  });

  it('costs nothing where a browser keeps nothing, or something that is not ours', () => {
    const memory = createLineMemory(
      closed,
      () => 0,
      () => false,
    );
    memory.save(thin);
    expect(memory.load()).toEqual(wide);
    const kept = storage();
    for (const nonsense of ['thin', 'thin thin', 'thin thin soon', '']) {
      kept.setItem('relais:line', nonsense);
      expect(
        createLineMemory(
          kept,
          () => 0,
          () => false,
        ).load(),
        nonsense,
      ).toEqual(wide);
    }
  });
});

describe('whether a line is cared for', () => {
  it('is so unless the browser has been told otherwise', () => {
    const kept = storage();
    expect([isCareOff(kept), isCareOff(undefined), isCareOff(closed)]).toEqual([false, false, false]);
    kept.setItem('relais:line-care', 'off');
    expect(isCareOff(kept)).toBe(true);
  });
});
