import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext } from '@playwright/test';
import { permittedProfile } from '@relais/testing/lab/permitted-profile';

const USUAL = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** No contact with the browser's maker, and sound and picture on loopback alone. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--allow-loopback-in-peer-connection',
  '--autoplay-policy=no-user-gesture-required',
];

const FAKE_DEVICE = '--use-fake-device-for-media-stream';
const FAKE_DEVICES = [FAKE_DEVICE, '--use-fake-ui-for-media-stream'];

/** `devices`: a camera that shows a moving clock and a microphone that beeps, both permitted without asking. */
export function launch({
  devices = true,
  args = [] as string[],
  executable = undefined as string | undefined,
} = {}): Promise<Browser> {
  const executablePath = executable ?? chromiumPath();
  return chromium.launch({
    ...(executablePath && { executablePath }),
    args: [...QUIET, ...(devices ? FAKE_DEVICES : []), ...args],
  });
}

/** A browser of one person's own, who has permitted the same devices to `origin` and to nobody else. */
export async function launchOwn({
  origin,
  executable,
  args = [],
}: {
  origin: string;
  executable: string;
  args?: readonly string[];
}): Promise<BrowserContext> {
  const profile = await permittedProfile(origin);
  const context = await chromium.launchPersistentContext(profile.folder, {
    executablePath: executable,
    locale: 'fr-CA',
    args: [...QUIET, FAKE_DEVICE, ...args],
  });
  context.on('close', () => void profile.remove());
  return context;
}

export function chromiumPath(): string | undefined {
  return process.env['CHROMIUM_PATH'] ?? USUAL.find((path) => existsSync(path));
}
