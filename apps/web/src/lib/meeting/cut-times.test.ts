import type { LiveSnapshot, ParticipantId } from '@relais/protocol';
import { expect, it } from 'vitest';
import { cutTimes, type CutTimes } from './cut-times.ts';

const ana = 'ana' as ParticipantId;
const present = (seq: number, connected: boolean): LiveSnapshot => ({
  epoch: 'e',
  seq,
  state: connected ? { [ana]: { connected, producers: [] } } : {},
});
const NOBODY: CutTimes = new Map();

it('[LEAVE-3] who is cut off is so since it was told, until they are back', () => {
  const cut = cutTimes(NOBODY, present(1, true), present(2, false), 500);
  expect(cut.get(ana)).toBe(500);
  expect(cutTimes(cut, present(2, false), present(3, false), 900)).toBe(cut);
  expect(cutTimes(cut, present(3, false), present(4, true), 900).size).toBe(0);
});

it('[LEAVE-3] since when is not known of who was found cut off on coming back', () => {
  expect(cutTimes(NOBODY, present(1, true), present(9, false), 500)).toBe(NOBODY);
  expect(cutTimes(NOBODY, undefined, present(9, false), 500)).toBe(NOBODY);
});
