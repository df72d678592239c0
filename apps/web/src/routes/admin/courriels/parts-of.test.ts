import { expect, test } from 'vitest';
import { partsOf } from './parts-of.ts';

test('addresses in an email are opened, all else is text', () => {
  expect(partsOf('Lien :\nhttps://exemple.test/a?b=c\n\nMerci')).toEqual([
    { text: 'Lien :\n', isLink: false },
    { text: 'https://exemple.test/a?b=c', isLink: true },
    { text: '\n\nMerci', isLink: false },
  ]);
  expect(partsOf('javascript:alert(1)')).toEqual([{ text: 'javascript:alert(1)', isLink: false }]);
});
