import { defineConfig } from '@playwright/test';

/** Over made-up views, which are built once for all of these. */
const VIEWS = ['**/interface.e2e.ts', '**/board*.e2e.ts', '**/own-line.e2e.ts'];
/** On the real product, with no media to speak of: two at once are no harm to each other. */
const PAGES = [
  'accessibility',
  'admin',
  'calendar',
  'communities',
  'entry',
  'first-run',
  'notes',
  'pages',
  'people',
  'provider',
  'prepare',
  'privacy',
  'record',
  'security',
  'weight',
].map((name) => `**/${name}.e2e.ts`);

/** Meetings that neither measure nor send more than a picture or two: two at once as well. */
const MEETINGS = [
  'co-animators',
  'door',
  'floor',
  'groups',
  'keyboard',
  'phone',
  'phone-devices',
  'shell',
  'waiting',
].map((name) => `**/${name}.e2e.ts`);

/**
 * Browser tests; each file on the real product starts its own server. What carries much media, or is about time, runs one after
 * another; `npm test` lets it have the machine to itself.
 */
export default defineConfig({
  testDir: './e2e',
  workers: 2,
  fullyParallel: false,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] ? [['list'], ['json']] : [['list']],
  outputDir: './test-results',
  projects: [
    { name: 'fixture', testMatch: '**/fixtures/build.setup.ts' },
    { name: 'views', testMatch: VIEWS, dependencies: ['fixture'] },
    { name: 'pages', testMatch: PAGES },
    { name: 'meetings', testMatch: MEETINGS },
    {
      name: 'product',
      testMatch: '**/*.e2e.ts',
      testIgnore: [...VIEWS, ...PAGES, ...MEETINGS],
      workers: 1,
    },
  ],
});
