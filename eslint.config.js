import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

/** Import order: kit, protocol < domain < db, metrics, testing < control < apps. Each part may use what stands before it. */
const PACKAGES = ['kit', 'protocol', 'domain', 'db', 'metrics', 'testing', 'control'];
const APPS = ['hub', 'sfu', 'web', 'server', 'bench'];
const MAY_USE = {
  'packages/kit': [],
  'packages/protocol': ['kit'],
  'packages/domain': ['kit', 'protocol'],
  'packages/db': ['kit', 'protocol', 'domain'],
  'packages/metrics': ['kit', 'protocol'],
  'packages/testing': ['kit', 'protocol', 'domain', 'db'],
  'packages/control': ['kit', 'protocol', 'testing'],
  'apps/hub': PACKAGES,
  'apps/sfu': PACKAGES,
  'apps/web': PACKAGES,
  'apps/bench': PACKAGES,
  // The composition of hub, sfu and web into one process is all that it is for.
  'apps/server': [...PACKAGES, 'hub', 'sfu', 'web'],
};

const forbidden = (folder, allowed) =>
  [...PACKAGES, ...APPS]
    .filter((name) => !allowed.includes(name) && !folder.endsWith(`/${name}`))
    .flatMap((name) => [`@relais/${name}`, `@relais/${name}/*`]);

const boundariesOf = () =>
  Object.entries(MAY_USE).map(([folder, allowed]) => ({
    files: [`${folder}/**/*.{ts,svelte}`],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: forbidden(folder, allowed),
              message: `${folder} may use only: ${allowed.join(', ') || 'nothing of ours'}. Move what both need to a package before it, or pass it in.`,
            },
            {
              group: ['../../../packages/*', '../../../apps/*'],
              message: 'Import a part by its @relais name.',
            },
            ...(folder === 'apps/web' ? web : []),
          ],
        },
      ],
    },
  }));

/** What the browser's weight and the one way in depend on. */
const web = [
  {
    regex: '^@relais/protocol$',
    allowTypeImports: true,
    message: 'This would bring zod to the browser: import types, or values from @relais/protocol/limits.',
  },
  { group: ['zod', 'zod/*'], message: 'Schemas are parsed on the server.' },
];

export default ts.config(
  {
    ignores: [
      '**/node_modules/',
      '**/build/',
      '**/.svelte-kit/',
      '**/data/',
      'scripts/',
      '*.js',
      '**/*.config.ts',
    ],
  },
  ...ts.configs.recommendedTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      globals: { ...globals.browser, ...globals.node },
      parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      // Maps in our state are replaced whole ($state.raw), never changed in place.
      'svelte/prefer-svelte-reactivity': 'off',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
    },
  },
  // The programs that `npm run check` checks: what packages share is understood once, and not with each that uses it.
  ...[
    { files: ['{packages,infra}/**/*.ts', 'apps/{hub,sfu,server}/**/*.ts'], project: 'tsconfig.node.json' },
    { files: ['packages/testing/**/*.ts', 'apps/bench/**/*.ts'], project: 'tsconfig.dom.json' },
  ].map(({ files, project }) => ({
    files,
    languageOptions: {
      parserOptions: { projectService: false, project, tsconfigRootDir: import.meta.dirname },
    },
  })),
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { parser: ts.parser, projectService: true, extraFileExtensions: ['.svelte'] },
    },
  },
  ...boundariesOf(),
  // Code of the pages' server side may parse: it never reaches a browser.
  {
    files: ['apps/web/src/lib/server/**', 'apps/web/e2e/**'],
    rules: { '@typescript-eslint/no-restricted-imports': 'off' },
  },
  {
    files: ['apps/web/src/**/*.{ts,svelte}'],
    ignores: ['apps/web/src/lib/hub/polling-line.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: 'socket.io-client',
              message:
                'It is fetched only where WebSockets do not pass: lib/hub/hub-socket.ts is the socket.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.test.ts', '**/*.e2e.ts', 'packages/testing/**', 'apps/web/e2e/**', 'apps/bench/**'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
);
