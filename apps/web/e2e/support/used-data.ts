import type { Page } from '@playwright/test';

/** Bytes of today, as this browser keeps them for all of its tabs [DATA-3]. */
export function usedHere(page: Page): Promise<number> {
  return page.evaluate(() => {
    const keys = Array.from({ length: localStorage.length }, (_, i) => localStorage.key(i) ?? '');
    const kept = keys.filter((key) => key.startsWith('relais:used:'));
    return kept
      .map((key) => JSON.parse(localStorage.getItem(key) ?? '{}') as { days?: Record<string, number> })
      .flatMap(({ days = {} }) => Object.values(days))
      .reduce((sum, bytes) => sum + bytes, 0);
  });
}
