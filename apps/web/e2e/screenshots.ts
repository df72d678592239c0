import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { AxeBuilder } from '@axe-core/playwright';
import { buildFixture, CODE, serveFixture } from './fixtures/serve.ts';
import { scenes } from './scenes/index.ts';
import { SIZES, USUAL, type Scene, type Size } from './scenes/scene.ts';
import { launch } from './support/browser.ts';

/**
 * Pictures of every page and state, to be looked at: `node e2e/screenshots.ts --only preview,room-cut --out /tmp/shots`.
 * With `--url` and `--code`, the pages of a running product instead of the made-up ones (scenes that need made-up
 * views are left out). With `--axe`, each is also held against WCAG 2.2 AA by axe. What the console or axe complains
 * of, and what is wider than the screen, is listed at the end.
 */
const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: '/tmp/shots' },
    only: { type: 'string', default: '' },
    size: { type: 'string', default: '' },
    look: { type: 'string', default: '' },
    url: { type: 'string' },
    code: { type: 'string', default: CODE },
    axe: { type: 'boolean', default: false },
  },
});

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const LOOKS = [
  { lang: 'fr', colorScheme: 'light' },
  { lang: 'fr', colorScheme: 'dark' },
  { lang: 'en', colorScheme: 'light' },
] as const;

mkdirSync(options.out, { recursive: true });
if (!options.url) buildFixture();
const fixture = options.url ? undefined : await serveFixture();
const url = options.url ?? fixture?.url ?? '';
const browsers = { granted: await launch(), asking: await launch({ devices: false }) };
const complaints: string[] = [];

for (const { lang, colorScheme } of LOOKS) {
  if (!`${lang}-${colorScheme}`.includes(options.look)) continue;
  for (const scene of scenes({ url, code: options.code })) {
    const isAsked = options.only.split(',').some((part) => scene.name.includes(part));
    if (!isAsked || (scene.madeUp && !fixture)) continue;
    for (const size of scene.sizes ?? USUAL) {
      if (!size.includes(options.size)) continue;
      await picture(scene, size, lang, colorScheme);
    }
  }
}
await Promise.all(Object.values(browsers).map((browser) => browser.close()));
await fixture?.stop();
for (const complaint of new Set(complaints)) console.log(complaint);
process.exitCode = complaints.length > 0 ? 1 : 0;

async function picture(scene: Scene, size: Size, lang: string, colorScheme: 'light' | 'dark') {
  const name = `${scene.name}-${size}-${lang}-${colorScheme}`;
  const touch = size !== 'wide';
  const browser = scene.name === 'preview' ? browsers.asking : browsers.granted;
  const context = await browser.newContext({
    viewport: SIZES[size],
    colorScheme,
    locale: 'fr-CA',
    hasTouch: touch,
    isMobile: touch,
  });
  await context.addCookies([{ name: 'lang', value: lang, url }]);
  const page = await context.newPage();
  page.on('console', (m) => {
    if (m.type() === 'error' && !m.text().includes('status of'))
      complaints.push(`${scene.name}: ${m.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`${name}: ${error.message}`));
  await scene.before?.(page);
  await page.goto(url + scene.path, { waitUntil: 'load' });
  await page.locator('h1').waitFor();
  await page.waitForFunction(() => !document.querySelector('[type=submit]:disabled'));
  // Of a meeting itself, and of no page beside it.
  if (/^[/]r[/][^/#]+$/.test(scene.path) && scene.madeUp && !scene.name.startsWith('error')) {
    await page.waitForFunction(() => 'stores' in window);
  }
  await scene.then?.(page);
  // Pictures for eyes: videos have begun, and panels have come in.
  await page.evaluate(() => new Promise((done) => setTimeout(done, 1200)));
  const wider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  if (wider) complaints.push(`${name}: wider than the screen`);
  if (options.axe) {
    const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
    for (const { id, nodes } of violations) {
      for (const { html, failureSummary } of nodes)
        complaints.push(`${scene.name} ${colorScheme}: ${id}: ${html}\n  ${failureSummary}`);
    }
  }
  await page.screenshot({ path: `${options.out}/${name}.png`, fullPage: !scene.path.includes('inside') });
  await context.close();
}
