import { describe, expect, it } from 'vitest';
import { splitLinks } from './links.ts';

const hrefs = (text: string) => splitLinks(text).flatMap(({ href }) => href ?? []);

describe('splitLinks', () => {
  it('makes links of addresses and leaves the words around them', () => {
    expect(splitLinks('Voir https://exemple.ca/a?b=1, page 2.')).toEqual([
      { text: 'Voir ' },
      { text: 'https://exemple.ca/a?b=1', href: 'https://exemple.ca/a?b=1' },
      { text: ', page 2.' },
    ]);
  });

  it('makes a link of an e-mail address', () => {
    expect(hrefs('Écrire à louise@exemple.ca')).toEqual(['mailto:louise@exemple.ca']);
  });

  it.each([
    ['javascript:alert(1)'],
    ['JaVaScRiPt://exemple.ca/%0aalert(1)'],
    ['data:text/html,<b>x</b>'],
    ['ftp://exemple.ca/x'],
    ['//exemple.ca/x'],
    ['vbscript:x file:///etc/passwd blob:https'],
    ['<img src=x onerror=alert(1)>'],
    ['version 1.2.3, le fichier rapport.pdf'],
  ])('makes no link of « %s »', (text) => {
    expect(hrefs(text)).toEqual([]);
    expect(splitLinks(text)).toEqual([{ text }]);
  });

  it('loses no character, whatever the text', () => {
    const texts = [
      '',
      ' ',
      'a\nb\thttps://exemple.ca\n(https://exemple.ca/é_(x))',
      'https://exemple.ca/"><script>alert(1)</script>',
      '🙂 mailto:a@exemple.ca?subject=x 🙂',
      'http://[::1 https://a@b@c http://xn--a.example',
    ];
    for (const text of texts) {
      expect(
        splitLinks(text)
          .map((part) => part.text)
          .join(''),
      ).toBe(text);
    }
  });

  it('stays quick on 4,000 characters made to slow it down', () => {
    splitLinks('https://'.repeat(500));
    splitLinks('a@'.repeat(2000));
    splitLinks(`https://exemple.ca/${'('.repeat(3900)}`);
  });
});
