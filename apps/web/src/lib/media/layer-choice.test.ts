import { describe, expect, it } from 'vitest';
import { layerFor } from './layer-choice.ts';

describe('the layer for a tile', () => {
  it('is the small one up to a quarter more than its width', () => {
    expect(layerFor(0)).toBe(0);
    expect(layerFor(240)).toBe(0);
    expect(layerFor(400)).toBe(0);
  });

  it('is the sharp one for anything wider', () => {
    expect(layerFor(401)).toBe(1);
    expect(layerFor(1920)).toBe(1);
  });
});
