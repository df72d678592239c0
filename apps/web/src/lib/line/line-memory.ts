import { freshLadder, type Ladder } from '@relais/domain';
import { attempt } from '../storage.ts';

const KEY = 'relais:line';
/** Milliseconds: the same evening's line is the same line; tomorrow's may be another place. */
const KEPT_MS = 6 * 60 * 60_000;

/** Whether this browser's line was thin the last time, or is now, so that a meeting begins with sound alone [LINE-6]. */
export interface LineMemory {
  load(): Ladder;
  save(ladder: Ladder): void;
}

export function createLineMemory(
  storage: Storage | undefined,
  now: () => number,
  /** How this page came says the line is thin. */
  isThinNow: () => boolean,
): LineMemory {
  let saved = '';
  return {
    load() {
      const kept = attempt(() => storage?.getItem(KEY)) ?? '';
      const [down, up, at] = kept.split(' ');
      const isFresh = now() - Number(at) < KEPT_MS;
      const wasThin = (word: string | undefined) => isFresh && word === 'thin';
      const isThin = isThinNow();
      return freshLadder({ thinDown: isThin || wasThin(down), thinUp: isThin || wasThin(up) });
    },
    save({ down, up }) {
      const word = (isThin: boolean) => (isThin ? 'thin' : 'wide');
      const next = `${word(down.step >= 3)} ${word(up.step >= 4)}`;
      if (next === saved) return;
      saved = next;
      attempt(() => storage?.setItem(KEY, `${next} ${now()}`));
    },
  };
}

/** Whether the measures are turned off in this browser: for measuring what they do, and for nothing else. */
export const isCareOff = (storage: Storage | undefined): boolean =>
  attempt(() => storage?.getItem('relais:line-care')) === 'off';
