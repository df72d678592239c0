import { describe, expect, it } from 'vitest';
import type { LineReport } from '@relais/domain';
import { frLine } from '../i18n/fr-line.ts';
import { lineFigures } from './line-figures.ts';

const report: LineReport = {
  at: 0,
  spanMs: 1000,
  path: 'relay',
  roundTripMs: 183.6,
  queueMs: 20,
  down: { sound: 24_300, picture: 150_400, loss: 0.031, concealed: undefined, moving: 1, open: 1 },
  up: { sound: 22_800, picture: 0, loss: undefined, estimate: undefined },
};

describe('the figures of one’s own line', () => {
  it('are named, in whole numbers, and say what is not known', () => {
    const figures = new Map(lineFigures(report, frLine, 'fr-CA'));
    expect(figures.get('Aller-retour')).toBe('184 ms');
    expect(figures.get('Reçu')).toBe('son 24, images 150 kbit/s');
    expect(figures.get('Chemin')).toBe('par un relais');
    expect(figures.get('Son reconstitué')).toBe('inconnu');
    expect(figures.get('Envoi possible')).toBe('inconnu');
    expect(figures.get('Paquets perdus')).toMatch(/^3,1\s%\sreçus, inconnu envoyés$/u);
  });
});
