import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../..', import.meta.url));
const components = new Map(
  globSync('lib/**/*.svelte', { cwd: SRC }).map((path) => [path, readFileSync(join(SRC, path), 'utf8')]),
);

/** Components by the paths that a file names, relative to `src`. */
function named(path: string, code: string, pattern: RegExp): string[] {
  return [...code.matchAll(pattern)].map(([, at = '']) =>
    at.startsWith('#lib/') ? at.replace('#lib/', 'lib/') : normalize(join(dirname(path), at)),
  );
}
const STATIC = /from '([^']+\.svelte)'/g;
const DYNAMIC = /import\('([^']+\.svelte)'\)/g;
const WITH_WORDS = /withLate\(\(\) => import\('([^']+\.svelte)'\)/g;

/** All that are there as soon as this one is. */
function together(path: string, found = new Set<string>()): Set<string> {
  if (found.has(path)) return found;
  found.add(path);
  for (const one of named(path, components.get(path) ?? '', STATIC)) together(one, found);
  return found;
}
const speaksLate = (path: string) =>
  [...together(path)].some((one) => components.get(one)?.includes('i18n.late'));

it('what speaks with the late words is fetched with them', () => {
  expect(components.size).toBeGreaterThan(40);
  expect(speaksLate('lib/join/Join.svelte')).toBe(false);
  const forgotten: string[] = [];
  for (const [path, code] of components) {
    const together = new Set(named(path, code, WITH_WORDS));
    for (const one of named(path, code, DYNAMIC))
      if (speaksLate(one) && !together.has(one) && !speaksLate(path))
        forgotten.push(`${path} fetches ${one}`);
  }
  expect(forgotten).toEqual([]);
});
