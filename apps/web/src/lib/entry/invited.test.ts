import { expect, it } from 'vitest';
import { readInvited } from './invited.ts';

it('[ENTRY-1] reads addresses however a list was pasted, each once', () => {
  expect(
    readInvited(
      'Ana@Exemple.test\n"Côté, Louise" <louise@exemple.test>; mailto:bo@exemple.test ana@exemple.test,',
    ),
  ).toEqual({
    emails: ['ana@exemple.test', 'louise@exemple.test', 'bo@exemple.test'],
    wrong: [],
  });
  expect(readInvited(' \n')).toEqual({ emails: [], wrong: [] });
});

it('[ENTRY-1] names what is no address', () => {
  expect(readInvited('ana@exemple, bo@exemple.test, @x').wrong).toEqual(['ana@exemple', '@x']);
});
