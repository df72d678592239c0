import { describe, expect, it } from 'vitest';
import { seenOf } from './seen-height.ts';

describe('what a keyboard leaves of the page [PHONE-4]', () => {
  it('is the visual viewport, where the keyboard lies over the page', () => {
    expect(seenOf({ height: 404.4, scale: 1, offsetTop: 180 }, 740)).toEqual({ height: 404, above: 180 });
  });

  it('is everything without a keyboard, with a browser’s bar, and while somebody has magnified the page', () => {
    expect(seenOf({ height: 740, scale: 1, offsetTop: 0 }, 740)).toBe(undefined);
    expect(seenOf({ height: 684, scale: 1, offsetTop: 0 }, 740)).toBe(undefined);
    expect(seenOf({ height: 370, scale: 2, offsetTop: 90 }, 740)).toBe(undefined);
  });
});
