import { expect, test } from 'vitest';
import { readJoinData, writeJoinData } from './join-data.ts';

const data = {
  code: 'abc-defg-hjk',
  title: '</script><script>alert(1)</script> & « été »',
  lang: 'fr' as const,
};

test('what the page carries is read back as it was written', () => {
  expect(readJoinData(writeJoinData(data))).toEqual(data);
});

test('a title cannot end the element it stands in', () => {
  expect(writeJoinData(data)).not.toContain('<');
});

test('what is not ours is refused', () => {
  for (const text of ['null', '{}', '[]', '{"code":1,"title":"","lang":"fr"}', '"x"'])
    expect(readJoinData(text)).toBeUndefined();
});
