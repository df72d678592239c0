import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { BrowserContext, Page } from '@playwright/test';
import { launch } from './support/browser.ts';
import { Product } from './support/product.ts';

/**
 * Pictures of a real meeting: real browsers, real sound and picture through the media server. The faces are drawn,
 * and the names invented. `node e2e/readme-picture.ts --people 3 --out ../../docs/pictures`
 */
const { values: options } = parseArgs({
  options: {
    people: { type: 'string', default: '3' },
    out: { type: 'string', default: '/tmp/meeting-pictures' },
    dark: { type: 'boolean', default: false },
  },
});

const NAMES = [
  'Marie-Ève Gauthier',
  'Cléo Wapachee',
  'Luc Bergeron',
  'Fatou Diallo',
  'Jean-Guy Racine',
  'Annie Pelletier',
  'Mathis Kistabish',
  'Solange Aubé',
  'Rosa Paquette',
];

const SIZES = {
  phone: { width: 360, height: 780 },
  tablet: { width: 768, height: 1024 },
  wide: { width: 1440, height: 900 },
};

/** A camera that shows somebody drawn, who moves a little, in the place of the machine's. */
function drawnCamera(seed: number): void {
  const original = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    if (!constraints?.video) return original(constraints);
    const stream = constraints.audio ? await original({ audio: constraints.audio }) : new MediaStream();
    const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 360 });
    const context = canvas.getContext('2d');
    const hue = (seed * 67) % 360;
    const skins = ['#f0c8a8', '#8d5a3b', '#e3b08c', '#5f3d28', '#c68f66'];
    const hairs = ['#3b2a20', '#c9c4bd', '#8a5a2b', '#1d1a18', '#b5651d'];
    const circle = (x: number, y: number, rx: number, ry: number, colour: string) => {
      if (!context) return;
      context.fillStyle = colour;
      context.beginPath();
      context.ellipse(x, y, rx, ry, 0, 0, 7);
      context.fill();
    };
    const draw = () => {
      if (!context) return;
      const sway = Math.sin(performance.now() / 900 + seed) * 7;
      const wall = context.createLinearGradient(0, 0, 640, 360);
      wall.addColorStop(0, `hsl(${hue} 26% 72%)`);
      wall.addColorStop(1, `hsl(${hue + 30} 30% 46%)`);
      context.fillStyle = wall;
      context.fillRect(0, 0, 640, 360);
      context.fillStyle = 'rgb(255 255 255 / 35%)';
      context.fillRect(60, 40, 120, 150);
      circle(320 + sway, 168, 92, 106, hairs[seed % 5] ?? '');
      circle(320 + sway, 400, 190, 130, `hsl(${hue + 180} 32% 36%)`);
      circle(320 + sway, 262, 38, 60, skins[seed % 5] ?? '');
      circle(320 + sway, 182, 74, 92, skins[seed % 5] ?? '');
      circle(294 + sway, 170, 7, 9, '#222');
      circle(346 + sway, 170, 7, 9, '#222');
      context.strokeStyle = '#7c3a34';
      context.lineWidth = 6;
      context.beginPath();
      context.arc(320 + sway, 208, 28, 0.25, Math.PI - 0.25);
      context.stroke();
    };
    setInterval(draw, 100);
    draw();
    for (const track of canvas.captureStream(10).getVideoTracks()) stream.addTrack(track);
    return stream;
  };
}

async function join(context: BrowserContext, url: string, seed: number): Promise<Page> {
  await context.addInitScript(drawnCamera, seed);
  const page = await context.newPage();
  await page.goto(url);
  await page.getByLabel('Votre nom').fill(NAMES[seed] ?? `Personne ${seed}`);
  await page.getByRole('button', { name: 'Entrer', exact: true }).click();
  await page.getByRole('button', { name: 'Quitter' }).waitFor();
  return page;
}

const count = Number(options.people);
const product = await Product.start();
const browser = await launch();
mkdirSync(options.out, { recursive: true });
try {
  const code = await product.createMeeting('Table de concertation en sécurité alimentaire');
  const pages: Page[] = [];
  for (let seed = 0; seed < count; seed++) {
    const context = await browser.newContext({
      locale: 'fr-CA',
      permissions: ['camera', 'microphone'],
      colorScheme: options.dark ? 'dark' : 'light',
      viewport: seed === 0 ? SIZES.wide : { width: 480, height: 320 },
    });
    pages.push(await join(context, `${product.url}/r/${code}`, seed));
  }
  const [first, second, third] = pages;
  if (!first) throw new Error('at least one person is needed');
  for (const page of [second, third]) {
    if (!page) continue;
    await page.getByRole('button', { name: /^Messages/ }).click();
    await page
      .getByRole('textbox', { name: 'Votre message' })
      .fill(page === second ? 'Bonjour à toutes et à tous' : 'Le compte rendu : https://exemple.qc.ca/mars');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
  }
  if (third) await third.getByRole('button', { name: 'Micro', exact: true }).click();
  await first.waitForFunction(
    (wanted) => [...document.querySelectorAll('video')].filter((v) => v.videoWidth > 0).length >= wanted,
    Math.min(count, 4),
    { timeout: 60_000 },
  );
  for (const [name, viewport] of Object.entries(SIZES)) {
    await first.setViewportSize(viewport);
    await first.waitForFunction(() => document.querySelectorAll('video').length > 0);
    await first.evaluate(() => new Promise((done) => setTimeout(done, 2500)));
    await first.screenshot({ path: `${options.out}/meeting-${count}-${name}.png` });
    await first.getByRole('button', { name: /^Messages/ }).click();
    await first.getByRole('textbox', { name: 'Votre message' }).waitFor();
    await first.evaluate(() => new Promise((done) => setTimeout(done, 800)));
    await first.screenshot({ path: `${options.out}/meeting-${count}-${name}-messages.png` });
    await first.keyboard.press('Escape');
  }
} finally {
  await browser.close();
  await product.stop();
}
