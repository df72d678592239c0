import { describe, expect, it } from 'vitest';
import { AVATAR_COLOURS, colourOf, initials } from './initials.ts';

describe('initials', () => {
  it.each([
    ['Louise Tremblay', 'LT'],
    ['marie-ève côté', 'MC'],
    ['Ana', 'A'],
    ['Jean de la Fontaine', 'JF'],
    ['  (CDC) Rouyn ', 'CR'],
    ['李 小龙', '李小'],
    ['🙂', ''],
    ['', ''],
  ])('of « %s » are « %s »', (name, expected) => {
    expect(initials(name)).toBe(expected);
  });
});

describe('colourOf', () => {
  it('gives one person one colour, and spreads thirty over the palette', () => {
    expect(colourOf('p1')).toBe(colourOf('p1'));
    const used = new Set(Array.from({ length: 30 }, (_, i) => colourOf(`participant-${i}`)));
    expect(used.size).toBeGreaterThan(AVATAR_COLOURS.length / 2);
  });

  it('keeps white letters readable: 4.5:1 on each ground', () => {
    for (const colour of AVATAR_COLOURS) expect(contrastWithWhite(colour)).toBeGreaterThanOrEqual(4.5);
  });
});

function contrastWithWhite(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((i) => parseInt(hex.slice(i, i + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05);
}
