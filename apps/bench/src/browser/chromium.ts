import { permittedProfile } from '@relais/testing/lab/permitted-profile';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { findChromium } from '../setup.ts';

/** Fake camera and microphone; media over loopback alone. */
const OWN_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--allow-loopback-in-peer-connection',
  // Several pages at once: none is slowed down for not being in front.
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
];
/** Granted without asking. */
const ARGS = [...OWN_ARGS, '--use-fake-ui-for-media-stream'];

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

/** A browser of one person's own, who has permitted camera and microphone to `origin` and to nobody else. */
export async function launchOwnChromium({
  origin,
  executablePath,
  args,
}: {
  origin: string;
  executablePath: string;
  args: readonly string[];
}): Promise<BrowserContext> {
  const profile = await permittedProfile(origin);
  try {
    const context = await chromium.launchPersistentContext(profile.folder, {
      executablePath,
      headless: true,
      locale: 'fr-CA',
      args: [...OWN_ARGS, ...args],
    });
    context.on('close', () => void profile.remove());
    return context;
  } catch (error) {
    await profile.remove();
    throw error;
  }
}
