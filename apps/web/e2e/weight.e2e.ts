import { expect, test } from '@playwright/test';
import { filesOfJoining } from './support/join-files.ts';
import { useProduct } from './support/use-product.ts';

const real = useProduct();

/** Bytes of gzip from the link of a meeting to the first picture of somebody else. */
const MOST = 90_000;

test('[SHELL-1] what joining needs is at most 90 kB of gzip', async () => {
  const files = await filesOfJoining(`${real.product.url}/r/${await real.product.createMeeting()}`);
  const sum = [...files.values()].reduce((all, size) => all + size, 0);
  const list = [...files].map(([path, size]) => `${size} ${path}`).join('\n');
  expect(sum, list).toBeLessThanOrEqual(MOST);
  // It would not notice much if it counted little.
  expect(files.size).toBeGreaterThan(8);
});

test('[SHELL-1] nothing else of the program is fetched at the door of a meeting', async () => {
  const url = `${real.product.url}/r/${await real.product.createMeeting()}`;
  const counted = await filesOfJoining(url);
  const context = await real.browser.newContext({ locale: 'fr-CA', permissions: ['camera', 'microphone'] });
  const page = await context.newPage();
  const fetched: string[] = [];
  page.on('request', (request) => {
    if (['document', 'script', 'stylesheet'].includes(request.resourceType()))
      fetched.push(new URL(request.url()).pathname);
  });
  await page.goto(url);
  await expect(page.getByRole('meter', { name: 'Niveau du micro' })).toBeVisible();
  await expect(page.getByText('Mode léger')).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(fetched.filter((path) => !counted.has(path))).toEqual([]);
  // Those that are counted are those that are fetched.
  expect([...counted.keys()].filter((path) => !fetched.includes(path))).toEqual([]);
  await context.close();
});
