import { defineConfig } from '@playwright/test';

/** Over made-up views, which are built once for all of these. */
const VIEWS = ['**/interface.e2e.ts', '**/board.e2e.ts', '**/own-line.e2e.ts'];

/** Browser tests on the real product; each file starts its own server, and one runs after another on two cores. */
export default defineConfig({
  testDir: './e2e',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] ? [['list'], ['json']] : [['list']],
  outputDir: './test-results',
  projects: [
    { name: 'product', testMatch: '**/*.e2e.ts', testIgnore: VIEWS },
    { name: 'fixture', testMatch: '**/fixtures/build.setup.ts' },
    { name: 'views', testMatch: VIEWS, dependencies: ['fixture'] },
  ],
});
