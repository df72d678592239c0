import { randomBytes, randomUUID } from 'node:crypto';
import { STILL_MAX_BYTES } from '@relais/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StillImage, StillKey, StillStore } from './still-store.ts';

/** What every adapter of the port does. `open` gives a store that is ready. */
export function stillStoreContract(name: string, open: () => Promise<StillStore>): void {
  describe(`still images in ${name} [STILL-2]`, () => {
    let store: StillStore;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    it('are given back as they were put, to the last byte', async () => {
      const key = someKey();
      const image = someImage(STILL_MAX_BYTES);
      expect(await store.put(key, image)).toBe(true);
      const kept = await store.get(key);
      expect(kept?.type).toBe(image.type);
      expect(Buffer.from(kept!.content).equals(Buffer.from(image.content))).toBe(true);
    });

    it('keep their kind', async () => {
      const [webp, jpeg] = [someKey(), someKey()];
      await store.put(webp, { type: 'image/webp', content: Uint8Array.of(1) });
      await store.put(jpeg, { type: 'image/jpeg', content: Uint8Array.of(1) });
      expect((await store.get(webp))?.type).toBe('image/webp');
      expect((await store.get(jpeg))?.type).toBe('image/jpeg');
    });

    it('are those of one meeting, one sharer and one moment alone', async () => {
      const key = someKey();
      await store.put(key, someImage());
      const other = someKey();
      for (const part of ['meetingId', 'participantId', 'stillId'] as const) {
        expect(await store.get({ ...key, [part]: other[part] }), part).toBeUndefined();
      }
      expect(await store.get(key)).toBeDefined();
    });

    it('are gone once they are dropped, and no other with them; dropping what is not there does nothing', async () => {
      const [one, other] = [someKey(), someKey()];
      await store.put(one, someImage());
      await store.put(other, someImage());
      await store.drop(one);
      await store.drop(one);
      expect(await store.get(one)).toBeUndefined();
      expect(await store.get(other)).toBeDefined();
    });

    it('do not change with the bytes that they were put from', async () => {
      const key = someKey();
      const content = Uint8Array.of(1, 2, 3);
      await store.put(key, { type: 'image/webp', content });
      content.fill(9);
      expect([...(await store.get(key))!.content]).toEqual([1, 2, 3]);
    });
  });
}

export function someKey(): StillKey {
  return {
    meetingId: randomUUID(),
    participantId: randomUUID(),
    stillId: randomUUID(),
  } as unknown as StillKey;
}

export function someImage(bytes = 2000): StillImage {
  return { type: 'image/webp', content: randomBytes(bytes) };
}
