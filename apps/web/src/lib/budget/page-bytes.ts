import type { TrafficCount } from '@relais/domain';
import { brought } from '../shell/brought.ts';

/**
 * What the page itself fetched: its code, its pictures, and what it asked over HTTP; and what was fetched to be kept. A browser tells the size of each answer
 * with its headers (`transferSize`; 0 from its cache), and nothing of what was asked nor of packets: 400 bytes of a question,
 * and one of 25 for the headers of packets and their acknowledgements.
 */
const ASKED_BYTES = 400;
const PACKETS_SHARE = 1 / 25;

export interface PageBytes {
  count(): TrafficCount;
  close(): void;
}

/** From the beginning of the page on, however late this is called: browsers keep the list. */
export function watchPageBytes(): PageBytes {
  let [up, down] = [0, 0];
  const note = (entries: PerformanceEntryList) => {
    for (const entry of entries) {
      if (!('transferSize' in entry) || typeof entry.transferSize !== 'number') continue;
      if (entry.transferSize === 0) continue;
      up += ASKED_BYTES + entry.transferSize * PACKETS_SHARE;
      down += entry.transferSize * (1 + PACKETS_SHARE);
    }
  };
  const observer =
    typeof PerformanceObserver === 'undefined'
      ? undefined
      : new PerformanceObserver((list) => note(list.getEntries()));
  for (const type of ['navigation', 'resource']) observer?.observe({ type, buffered: true });
  return {
    count() {
      note(observer?.takeRecords() ?? []);
      const { answers, bytes } = brought();
      const asked = answers * ASKED_BYTES + bytes * PACKETS_SHARE;
      return { id: 'page', up: up + asked, down: down + bytes * (1 + PACKETS_SHARE), weight: 1 };
    },
    close: () => observer?.disconnect(),
  };
}
