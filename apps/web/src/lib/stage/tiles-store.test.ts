import { expect, it, vi } from 'vitest';
import { TilesStore } from './tiles-store.svelte.ts';

// Runes are plain fields here.
vi.hoisted(() => {
  Object.assign(globalThis, { $state: { raw: (value: unknown) => value } });
});

function storage(kept: Record<string, string> = {}): Storage {
  return {
    getItem: (key: string) => kept[key] ?? null,
    setItem: (key: string, value: string) => void (kept[key] = value),
  } as unknown as Storage;
}

const PHONE = { width: 360, height: 740 };

it('[PHONE-1] the choice is remembered by this browser', () => {
  const kept = storage();
  new TilesStore(kept).choose(2);
  const next = new TilesStore(kept);
  expect(next.choice).toBe(2);
  expect(next.most(PHONE)).toBe(2);
});

it('[PHONE-1] without a choice, with one that is unknown, or where nothing is kept, it is by the window', () => {
  for (const store of [
    new TilesStore(storage()),
    new TilesStore(storage({ 'relais:tiles': '400' })),
    new TilesStore(undefined),
  ])
    expect([store.choice, store.most(PHONE)]).toEqual(['auto', 4]);
});
