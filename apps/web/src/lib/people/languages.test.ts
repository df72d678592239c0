import { expect, test } from 'vitest';
import { looksLikeEmail } from './looks-like-email.ts';
import { readLanguages } from './languages.ts';

test('languages are kept as they are written, each once, without what is empty', () => {
  expect(readLanguages(' français, Anglais ,, anglais;langue  des signes québécoise ')).toEqual({
    ok: true,
    languages: ['français', 'Anglais', 'langue des signes québécoise'],
  });
  expect(readLanguages('  ')).toEqual({ ok: true, languages: [] });
});

test('more or longer languages than a profile holds are told apart', () => {
  expect(readLanguages('a,b,c,d,e,f,g,h,i')).toEqual({ ok: false, problem: 'tooMany' });
  expect(readLanguages('x'.repeat(41))).toEqual({ ok: false, problem: 'tooLong' });
});

test('what lacks a part of an address is noticed before it is sent', () => {
  for (const text of ['', 'ana', 'ana@', '@exemple.ca', 'ana@exemple', 'ana @exemple.ca', 'a@b@c.ca'])
    expect(looksLikeEmail(text), text).toBe(false);
  for (const text of [' ana@exemple.ca ', 'Ana.Tremblay+cdp@sous.exemple.qc.ca'])
    expect(looksLikeEmail(text), text).toBe(true);
});
