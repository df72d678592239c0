// eslint-disable-next-line @typescript-eslint/no-restricted-imports -- a test, not the browser
import { refusal, type Refusal } from '@relais/protocol';
import { describe, expect, it } from 'vitest';
import { enLate } from './en-late.ts';
import { en } from './en.ts';
import { frAdmin } from './fr-admin.ts';
import { frLate, type LateCatalogue } from './fr-late.ts';
import { fr } from './fr.ts';
import { refusalWords } from './refusal-words.ts';

/** Every text, with functions called on plausible values; names are paths such as `chat.left`. */
function texts(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') {
    const say = value as (...values: unknown[]) => unknown;
    return [0, 1, 2].map((n) => [path, String(say(n, 9))]);
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, path ? `${path}.${key}` : key));
}

const FILES = import.meta.glob<Record<string, unknown>>(['./fr-*.ts', './en-*.ts'], { eager: true });

/** Every text of a language, in whichever file it is. What is said of refusals takes one of its kind, and is called below. */
function textsOf(lang: 'fr' | 'en', late: LateCatalogue): [string, string][] {
  const catalogues = Object.entries(FILES).filter(([file]) => file.startsWith(`./${lang}-`));
  const others = catalogues.flatMap(([file, parts]) =>
    Object.values(parts).flatMap((part) =>
      typeof part === 'object' && part !== null ? texts({ ...part, refusals: {} }, file) : [],
    ),
  );
  return [
    ...texts(lang === 'fr' ? fr : en),
    ...others,
    ...kinds().map((k): [string, string] => [k.kind, refusalWords(late, k)]),
  ];
}

const french = textsOf('fr', frLate);
const english = textsOf('en', enLate);

/** One refusal of each kind that the protocol knows. */
function kinds(): Refusal[] {
  return refusal.options.map(
    ({ shape }) =>
      ({
        kind: shape.kind.value,
        issues: [],
        id: 'x',
        limit: 'x',
        retryAfterMs: 2000,
        reason: 'x',
        serverVersion: 2,
        what: 'log',
        incident: 'x',
      }) as unknown as Refusal,
  );
}

describe('the catalogues', () => {
  it('have a file in each language for whatever is said', () => {
    const names = (lang: string) =>
      Object.keys(FILES)
        .filter((file) => file.startsWith(`./${lang}-`))
        .map((file) => file.slice(5));
    expect(names('en')).toEqual(names('fr'));
    expect(names('fr')).toContain('waiting.ts');
  });

  it('leave no text empty and say every refusal in both languages', () => {
    for (const [path, text] of [...french, ...english]) expect(text.trim(), path).not.toBe('');
    expect(kinds().length).toBe(Object.keys(frLate.refusals).length);
    expect(kinds().length).toBe(Object.keys(frAdmin.errors.kinds).length);
  });

  it('do not raise their voice', () => {
    for (const [path, text] of [...french, ...english]) expect(text, path).not.toContain('!');
  });

  it('French keeps a space that does not break before high punctuation and inside guillemets', () => {
    for (const [path, text] of french) {
      expect(text, path).not.toMatch(/[ \p{L}\p{N}][:;?](?!\/\/)|« | »|'/u);
    }
  });

  it('French uses its own words', () => {
    for (const [path, text] of french) {
      expect(text, path).not.toMatch(/\b(chat|meeting|call|email|breakout|ok|cliquez)\b/iu);
    }
  });

  it('count as each language does: zero is singular in French, plural in English', () => {
    expect([0, 1, 2].map(fr.people.count)).toEqual(['0 personne', '1 personne', '2 personnes']);
    expect([0, 1, 2].map(en.people.count)).toEqual(['0 people', '1 person', '2 people']);
  });

  it('say how long to wait in whole seconds', () => {
    expect(refusalWords(frLate, { kind: 'tooMany', retryAfterMs: 1 })).toContain('dans 1 seconde.');
    expect(refusalWords(frLate, { kind: 'tooMany', retryAfterMs: 1001 })).toContain('dans 2 secondes.');
  });
});
