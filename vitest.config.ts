import { defineConfig } from 'vitest/config';

/** Unit tests need nothing but Node; `.pg`, `.redis` and `.media` name what an integration test starts. */
const integration = '**/*.{pg,redis,media,integration}.test.ts';
const ignored = ['**/node_modules/**', '**/build/**', '**/.svelte-kit/**'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{apps,packages}/*/src/**/*.test.ts'],
          exclude: [integration, ...ignored],
        },
      },
      {
        test: {
          name: 'integration',
          include: [`{apps,packages,infra}/${integration}`],
          exclude: ignored,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
