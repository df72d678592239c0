import { join } from 'node:path';
import { scripts } from './paths.mjs';

/** What computes on much that lives long: where the young have more room, less is spent on looking who is still alive. */
const ROOM = { NODE_OPTIONS: '--max-semi-space-size=64' };

/** The linter reads all components once, instead of leading its program on with each that it comes to. */
const COMPONENTS_AT_ONCE = { SVELTE_ESLINT_PARSER_EXPERIMENTAL_TS_SYS_HOOK: '1' };

/**
 * What must hold before a change is accepted, the cheap before the dear. `needs` says what must be
 * prepared; `counts` says in which form the number of tests is reported (in the file `report`); `env` is set for it.
 * What only computes runs `aside`, at a low priority, while the integration tests mostly wait: one after another
 * of those that name the same side. What needs the whole machine runs `alone`.
 */
export const gates = [
  {
    name: 'format',
    heading: 'Format',
    aside: 'text',
    needs: [],
    env: ROOM,
    command: () => ['pnpm', 'exec', 'prettier', '--check', '.'],
  },
  {
    name: 'lint',
    heading: 'Lint, and who may import whom',
    aside: 'text',
    needs: ['web'], // what SvelteKit generates: types, and the tsconfig that apps/web extends
    env: { ...ROOM, ...COMPONENTS_AT_ONCE },
    command: () => ['pnpm', 'exec', 'eslint', '.'],
  },
  {
    name: 'types',
    heading: 'Types',
    aside: 'program',
    needs: ['web'],
    env: ROOM,
    // One program for all that runs on Node.js, and one for what also knows the browser: a package that others use is
    // checked once, and not with each of them.
    command: () => ['pnpm', 'run', 'check'],
  },
  {
    name: 'unit',
    heading: 'Unit tests',
    aside: 'program',
    needs: ['web'],
    counts: 'vitest',
    command: vitest('unit'),
  },
  {
    name: 'integration',
    heading: 'Integration tests: database (embedded and PostgreSQL 15), Redis, media, the files of infra/',
    needs: ['worker', 'programs', 'checkers', 'web'],
    counts: 'vitest',
    command: vitest('integration', 'postgres-15', 'media'),
  },
  {
    name: 'worker',
    heading: "The media worker's encryption",
    needs: ['worker', 'source-built worker'],
    counts: 'output',
    command: () => ['node', join(scripts, 'worker', 'test.mjs')],
  },
  {
    name: 'pages',
    heading: 'Pages, and meetings without much media, in the browser',
    alone: true,
    needs: ['worker', 'programs', 'checkers', 'web'],
    counts: 'playwright',
    command: playwright('views', 'pages', 'meetings'),
  },
  {
    name: 'browser',
    heading: 'Meetings in the browser, one after another',
    alone: true,
    needs: ['worker', 'programs', 'checkers', 'web'],
    counts: 'playwright',
    command: playwright('product'),
  },
];

function vitest(...projects) {
  return (report) => [
    ...['pnpm', 'exec', 'vitest', 'run'],
    ...projects.map((project) => `--project=${project}`),
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  ];
}

function playwright(...projects) {
  return () => [
    ...['pnpm', '--filter', '@relais/web', 'e2e', '--reporter=list,json'],
    ...projects.map((project) => `--project=${project}`),
  ];
}

/** How many tests passed and failed, by the gate's report; a gate that failed counts at least one. */
export function count({ counts }, { code, output, report }) {
  const { passed, failed } = readers[counts ?? 'none']({ output, report });
  return { passed, failed: code === 0 ? failed : Math.max(failed, 1) };
}

const readers = {
  none: () => ({ passed: 0, failed: 0 }),
  vitest: ({ report }) => ({ passed: report?.numPassedTests ?? 0, failed: report?.numFailedTests ?? 0 }),
  playwright: ({ report }) => {
    const { expected = 0, flaky = 0, unexpected = 0 } = report?.stats ?? {};
    return { passed: expected + flaky, failed: unexpected };
  },
  output: ({ output }) => {
    const [, passed = 0, failed = 0] = /: (\d+) passed, (\d+) failed$/m.exec(output) ?? [];
    return { passed: Number(passed), failed: Number(failed) };
  },
};
