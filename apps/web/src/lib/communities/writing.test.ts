import { expect, it } from 'vitest';
import { addressesIn } from './addresses-in.ts';
import { isSlug, slugOf } from './slug-of.ts';

it.each([
  ['Loisir en région', 'loisir-en-region'],
  ['  Cœur & santé (A.-T.) ', 'coeur-sante-a-t'],
  ['É'.repeat(80), 'e'.repeat(60)],
  ['ᐊᓂᔑᓈᐯ', ''],
])('proposes an address for %s', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
  expect(isSlug(slug)).toBe(slug !== '');
});

it('reads addresses as they are pasted', () => {
  const text = 'Ana <ANA@exemple.test>; bea@exemple.test,\nana@exemple.test\n\n chloé';
  expect(addressesIn(text)).toEqual({ emails: ['ana@exemple.test', 'bea@exemple.test'], wrong: ['chloé'] });
});
