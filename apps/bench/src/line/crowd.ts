import { withTimeout } from '@relais/kit';
import { installProbe } from '@relais/testing/lab/probe';
import { installVoice, type Turns } from '@relais/testing/lab/voice';
import type { Browser, Page } from 'playwright-core';
import type { Bundle } from '../browser/bundle.ts';
import { newVisitor } from '../browser/chromium.ts';

const JOIN_TIMEOUT_MS = 60_000;

/** The others of a meeting, numbers 1 and on, in one page of one browser. */
export interface Crowd {
  page: Page;
  ids: readonly string[];
  close(): Promise<void>;
}

export async function openCrowd(options: {
  browser: Browser;
  url: string;
  code: string;
  people: number;
  turns: Turns;
  script: Bundle;
}): Promise<Crowd> {
  const { browser, url, code, people, turns, script } = options;
  const visitor = await newVisitor(browser);
  const page = await visitor.newPage();
  await page.addInitScript(installProbe);
  await page.addInitScript(installVoice, { ...turns, index: 1 });
  // Any document of the server gives the script the server's own origin.
  await page.goto(`${url}/healthz`);
  await page.addScriptTag({ path: script.file, type: 'module' });
  await page.waitForFunction(() => 'crowd' in window);
  const joining = page.evaluate(([name, count]) => window.crowd.join(name, count), [code, people] as const);
  const ids = await withTimeout(joining, JOIN_TIMEOUT_MS, `${people} others joining`);
  return { page, ids, close: () => visitor.close() };
}
