import type { Overview } from '@relais/protocol';
import { describe, expect, it } from 'vitest';
import { enAdmin } from '#lib/i18n/en-admin.ts';
import { frAdmin } from '#lib/i18n/fr-admin.ts';
import { errorsOf, figures, joinsOf, shortId, timesIn } from './figures.ts';

const fr = figures('fr-CA', frAdmin);
const en = figures('en-CA', enAdmin);
/** Spaces that do not break, as plain ones. */
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('figures', () => {
  it('are written as each language does', () => {
    expect([fr.ms(2.34), fr.ms(211.8)].map(plain)).toEqual(['2,3 ms', '212 ms']);
    expect(plain(en.ms(2.34))).toBe('2.3 ms');
    expect(plain(fr.loss(0.024))).toBe('2,4 %');
    expect(en.loss(0.024)).toBe('2.4%');
    expect(plain(fr.bitrate(212_340_000))).toBe('212,3 Mbit/s');
    expect([plain(fr.memory(148_000_000)), plain(en.memory(148_000_000))]).toEqual(['148 Mo', '148 MB']);
  });

  it('add what all hubs refused, the most frequent first, and all joinings', () => {
    const hub = (errors: Record<string, number>) => ({ errors, joins: { accepted: 2, refused: 1 } });
    const overview = { hubs: [hub({ tooMany: 1, internal: 2 }), hub({ tooMany: 4 })] } as unknown as Overview;
    expect(errorsOf(overview)).toEqual([
      { kind: 'tooMany', count: 5 },
      { kind: 'internal', count: 2 },
    ]);
    expect(joinsOf(overview)).toEqual({ accepted: 4, refused: 2 });
  });

  it('say in words that there was nothing to measure', () => {
    expect(timesIn('Entrer', null, fr.ms, frAdmin).values).toEqual(['aucune', 'aucune']);
    expect(timesIn('Joining', { p50: 1, p99: 20 }, en.ms, enAdmin).values.map(plain)).toEqual([
      '1 ms',
      '20 ms',
    ]);
  });

  it('tell two runs apart by the end of their ids', () => {
    expect(shortId('hub-0001-aaaaaa')).toBe('aaaaaa');
  });
});
