import type { DataCap } from '@relais/domain';
import { attempt } from '../storage.ts';

export const CAP_KEY = 'relais:cap';

/** The limit that the person has set in this browser: `meeting 100000000`. */
export function createCapMemory(storage: Storage | undefined) {
  return {
    load(): DataCap | undefined {
      const [of, bytes] = (attempt(() => storage?.getItem(CAP_KEY)) ?? '').split(' ');
      const isKnown = (of === 'meeting' || of === 'month') && bytes !== undefined && /^\d{1,15}$/.test(bytes);
      return isKnown ? { of, bytes: Number(bytes) } : undefined;
    },
    save(cap: DataCap | undefined): void {
      attempt(() => {
        if (cap) storage?.setItem(CAP_KEY, `${cap.of} ${cap.bytes}`);
        else storage?.removeItem(CAP_KEY);
      });
    },
  };
}
