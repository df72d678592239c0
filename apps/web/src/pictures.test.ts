import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { scenes } from '../e2e/scenes/index.ts';

const ROUTES = fileURLToPath(new URL('./routes', import.meta.url));

it('there is a picture of every page: what has none is looked at by nobody', () => {
  const paths = scenes({ url: 'http://relais.example', code: 'abc-defg-hjk' }).map(
    ({ path }) => new URL(path, 'http://relais.example').pathname,
  );
  const pages = globSync('**/+page.svelte', { cwd: ROUTES }).map((file) =>
    `/${file}`.replace(/[/][+]page[.]svelte$/, ''),
  );
  expect(pages.length).toBeGreaterThan(20);
  const fixed = new Set(pages);
  const without = pages.filter((page) => {
    const shape = new RegExp(`^${page.replaceAll(/\[\w+\]/g, '([^/]+)') || '/'}$`);
    // A page of its own, "/rencontres/nouvelle", is no meeting of that name.
    return !paths.some((path) => shape.test(path) && (path === page || !fixed.has(path)));
  });
  expect(without).toEqual([]);
});
