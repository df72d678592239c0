import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

/**
 * Draws the icons of the installed app into `static/icons`, which are committed: `CHROMIUM_PATH=… node make-icons.ts`.
 * The mark is that of ui/Logo.svelte: a lamp in a window at night.
 */
const MARK = `<path d="M7 25V13l9-7 9 7v12z" fill="#0f2b25"/><rect x="12" y="14" width="8" height="8" rx="1.5" fill="#f2b04a"/><path d="M16 14v8M12 18h8" stroke="#1c4a3f" stroke-width="1.2"/>`;
const GROUND = '#1c4a3f';

/** With corners of its own, on nothing. */
const ROUND = `<rect width="32" height="32" rx="8" fill="${GROUND}"/>${MARK}`;
/** For systems that cut the form: ground to the edge, the mark within the middle four fifths. */
const FULL = `<rect width="32" height="32" fill="${GROUND}"/><g transform="translate(16 16) scale(.84) translate(-16 -15.5)">${MARK}</g>`;

const ICONS = [
  { name: 'icon-192.png', size: 192, drawing: ROUND },
  { name: 'icon-512.png', size: 512, drawing: ROUND },
  { name: 'maskable-192.png', size: 192, drawing: FULL },
  { name: 'maskable-512.png', size: 512, drawing: FULL },
  { name: 'apple-touch-icon.png', size: 180, drawing: FULL },
] as const;

const svg = (drawing: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${drawing}</svg>\n`;
const folder = fileURLToPath(new URL('static/icons/', import.meta.url));

await mkdir(folder, { recursive: true });
await writeFile(`${folder}icon.svg`, svg(ROUND));
const executablePath = process.env['CHROMIUM_PATH'];
const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ['--no-sandbox'] });
try {
  for (const { name, size, drawing } of ICONS) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(
      `<style>html,body{margin:0;background:transparent}svg{display:block;width:100vw}</style>${svg(drawing)}`,
    );
    await page.screenshot({ path: folder + name, omitBackground: true });
    await page.close();
  }
} finally {
  await browser.close();
}
