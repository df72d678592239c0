import { describe, expect, it } from 'vitest';
import { createModeMemory } from './mode-memory.ts';

function storage(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as unknown as Storage;
}

describe('what a meeting may use [LINE-4]', () => {
  it('is everything at first, and light mode where the browser is asked to spare data', () => {
    expect(createModeMemory(storage(), false).load()).toBe('full');
    expect(createModeMemory(undefined, true).load()).toBe('light');
  });

  it('is what was chosen last, whatever the browser is asked', () => {
    const kept = storage();
    createModeMemory(kept, true).save('full');
    expect(createModeMemory(kept, true).load()).toBe('full');
    kept.setItem('relais:mode', 'of another version');
    expect(createModeMemory(kept, false).load()).toBe('full');
  });
});
