import type { Browser } from 'playwright-core';
import { withTimeout } from '@relais/kit';
import type { Bundle } from '../browser/bundle.ts';
import type { Received } from './sending.ts';

const JOIN_TIMEOUT_MS = 60_000;

/** Participants of one meeting, all in one page of Chromium. */
export interface Load {
  join(room: string, people: number): Promise<void>;
  received(): Promise<Received>;
  leave(): Promise<void>;
}

/** Any document of the server will do, so that the script has the server's own origin. */
const DOCUMENT = { product: '/healthz', bare: '/' } as const;

export async function openLoadPage(options: {
  browser: Browser;
  url: string;
  server: 'product' | 'bare';
  script: Bundle;
}): Promise<Load> {
  const { browser, url, server, script } = options;
  const page = await browser.newPage();
  await page.goto(`${url}${DOCUMENT[server]}`);
  await page.addScriptTag({ path: script.file, type: 'module' });
  await page.waitForFunction(() => 'load' in window);
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  return {
    join: async (room, people) => {
      const joining = page.evaluate(([kind, name, count]) => window.load.join(kind, name, count), [
        server,
        room,
        people,
      ] as const);
      await withTimeout(joining, JOIN_TIMEOUT_MS, `${people} participants joining`);
    },
    received: async () => {
      if (errors[0]) throw errors[0];
      return page.evaluate(() => window.load.received());
    },
    leave: () => page.evaluate(() => window.load.leave()),
  };
}
