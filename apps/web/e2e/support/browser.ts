import { existsSync } from 'node:fs';
import { chromium, type Browser } from '@playwright/test';

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

const FAKE_DEVICES = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

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

export function chromiumPath(): string | undefined {
  return process.env['CHROMIUM_PATH'] ?? USUAL.find((path) => existsSync(path));
}
