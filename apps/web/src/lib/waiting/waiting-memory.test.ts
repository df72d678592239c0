import { expect, test } from 'vitest';
import { keepWaiting, takeWaiting } from './waiting-memory.ts';

function memory(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  } as unknown as Storage;
}

const ANA = { name: 'Ana', microphone: true, camera: false };

test('[WAIT-6] how one waited is there for the next page of the tab, once, and for that meeting alone', () => {
  const tab = memory();
  keepWaiting('abc', ANA, tab);
  expect(takeWaiting('abc', tab)).toEqual(ANA);
  expect(takeWaiting('abc', tab)).toBeUndefined();
  keepWaiting('abc', ANA, tab);
  expect(takeWaiting('xyz', tab)).toBeUndefined();
});

test('[WAIT-6] what cannot be read is nothing', () => {
  const tab = memory();
  for (const text of ['{', '{}', '{"name":1,"code":"abc"}', 'null']) {
    tab.setItem('relais:waiting', text);
    expect(takeWaiting('abc', tab)).toBeUndefined();
  }
});
