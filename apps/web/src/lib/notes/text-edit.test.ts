import { seeded } from '@relais/domain/breakout/seeded';
import { describe, expect, it } from 'vitest';
import { editBetween, moved, piecesOf, type TextEdit } from './text-edit.ts';

const done = (text: string, { at, remove, insert }: TextEdit) =>
  text.slice(0, at) + insert + text.slice(at + remove);

describe('an edit between two texts', () => {
  it('is what was typed, at the caret, where equal letters stand side by side', () => {
    expect(editBetween('aa', 'aaa', 1)).toEqual({ at: 0, remove: 0, insert: 'a' });
    expect(editBetween('aa', 'aaa', 3)).toEqual({ at: 2, remove: 0, insert: 'a' });
    expect(editBetween('ligne\nligne', 'ligne\n\nligne', 6)).toEqual({ at: 5, remove: 0, insert: '\n' });
    expect(editBetween('été', 'ét', 2)).toEqual({ at: 2, remove: 1, insert: '' });
    expect(editBetween('un deux', 'un trois', 8)).toEqual({ at: 3, remove: 4, insert: 'trois' });
    expect(editBetween('pareil', 'pareil', 3)).toBeUndefined();
  });

  it('keeps letters of two units whole', () => {
    for (const [before, after] of [
      ['😀', '😁'],
      ['a😀b', 'a😁b'],
      ['😀😀', '😀'],
      ['é😀', 'é'],
    ] as const) {
      const edit = editBetween(before, after, after.length)!;
      expect(done(before, edit)).toBe(after);
      expect(edit.insert.isWellFormed()).toBe(true);
      expect(before.slice(edit.at, edit.at + edit.remove).isWellFormed()).toBe(true);
    }
  });

  it('leads from any text to any other, whatever the caret (seeded)', () => {
    const random = seeded(7);
    const letters = ['a', 'b', '\n', '😀', '😁', 'é'];
    const some = () =>
      Array.from({ length: Math.floor(random() * 8) }, () => letters[Math.floor(random() * 6)]).join('');
    for (let i = 0; i < 3000; i += 1) {
      const [before, after] = [some(), some()];
      const edit = editBetween(before, after, Math.floor(random() * (after.length + 1)));
      expect(edit ? done(before, edit) : before).toBe(after);
      expect(edit?.insert.isWellFormed() ?? true).toBe(true);
    }
  });
});

describe('a caret', () => {
  it('stays with its letter when others write before it, and where it is when they write after', () => {
    expect(moved(5, { at: 2, remove: 0, insert: 'abc' })).toBe(8);
    expect(moved(5, { at: 5, remove: 0, insert: 'abc' })).toBe(5);
    expect(moved(5, { at: 6, remove: 2, insert: '' })).toBe(5);
    expect(moved(5, { at: 1, remove: 2, insert: '' })).toBe(3);
    expect(moved(5, { at: 3, remove: 4, insert: '' })).toBe(3);
  });
});

it('a long text goes in pieces of whole letters', () => {
  const text = 'ab😀😀cd';
  for (const length of [2, 3, 5, 100]) {
    const pieces = piecesOf(text, length);
    expect(pieces.join('')).toBe(text);
    for (const piece of pieces) expect(piece.isWellFormed()).toBe(true);
  }
});
