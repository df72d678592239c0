import type { StillImage, StillKey, StillStore } from '../ports/still-store.ts';

/** About a thousand images; who drops what they put never comes near. */
const MAX_BYTES = 48 * 1024 * 1024;

/** Still images of this process; without room for another, the one that was put first goes. */
export function createMemoryStillStore({ maxBytes = MAX_BYTES } = {}): StillStore {
  const images = new Map<string, StillImage>();
  let bytes = 0;

  function remove(name: string): void {
    bytes -= images.get(name)?.content.byteLength ?? 0;
    images.delete(name);
  }

  return {
    async put(key, { type, content }) {
      const name = nameOf(key);
      remove(name);
      for (const [oldest] of images) {
        if (bytes + content.byteLength <= maxBytes) break;
        remove(oldest);
      }
      images.set(name, { type, content: Uint8Array.from(content) });
      bytes += content.byteLength;
      return true;
    },
    async get(key) {
      return images.get(nameOf(key));
    },
    async drop(key) {
      remove(nameOf(key));
    },
    async close() {
      images.clear();
      bytes = 0;
    },
  };
}

/** Ids have no slash in them. */
export function nameOf({ meetingId, participantId, stillId }: StillKey): string {
  return `${meetingId}/${participantId}/${stillId}`;
}
