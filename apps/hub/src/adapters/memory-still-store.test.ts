import { expect, it } from 'vitest';
import { someImage, someKey, stillStoreContract } from '../ports/still-store.contract.ts';
import { createMemoryStillStore } from './memory-still-store.ts';

stillStoreContract('memory', async () => createMemoryStillStore());

it('keeps no more bytes than it may: the first that was put goes for the last', async () => {
  const store = createMemoryStillStore({ maxBytes: 5000 });
  const keys = [someKey(), someKey(), someKey()];
  for (const key of keys) await store.put(key, someImage(2000));
  const kept = await Promise.all(keys.map(async (key) => (await store.get(key)) !== undefined));
  expect(kept).toEqual([false, true, true]);
  // The same again is not counted twice.
  await store.put(keys[2]!, someImage(2000));
  expect(await store.get(keys[1]!)).toBeDefined();
});
