import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { findChromium } from '../setup.ts';

/** Fake camera and microphone, granted without asking; media over loopback alone. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--allow-loopback-in-peer-connection',
  // Several pages at once: none is slowed down for not being in front.
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
];

/** `executablePath`: another program that starts it, elsewhere. */
export function launchChromium({
  executablePath = findChromium(),
  args = [] as readonly string[],
} = {}): Promise<Browser> {
  return chromium.launch({ executablePath, headless: true, args: [...ARGS, ...args] });
}

/** A profile of nobody's, who speaks French and has permitted camera and microphone before. */
export function newVisitor(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ locale: 'fr-CA', permissions: ['camera', 'microphone'] });
}
