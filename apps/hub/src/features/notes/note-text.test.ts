import { NOTE_MAX_LENGTH } from '@relais/protocol';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { NoteText } from './note-text.ts';

/** A page that has what the notes have, and what it writes. */
function page(notes?: NoteText) {
  const doc = new Y.Doc();
  const had = notes?.encode();
  if (had?.ok) Y.applyUpdate(doc, had.value);
  const written: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => written.push(update));
  return { doc, text: doc.getText('text'), written, change: () => Y.mergeUpdates(written.splice(0)) };
}

function notesOf(text: string): NoteText {
  const notes = new NoteText();
  const writer = page();
  writer.text.insert(0, text);
  expect(notes.apply(writer.change()).ok).toBe(true);
  return notes;
}

const kindOf = (notes: NoteText, update: Uint8Array) => {
  const applied = notes.apply(update);
  return applied.ok ? 'taken' : applied.error.kind;
};

describe('the text of a place', () => {
  it('[NOTE-1] merges what several wrote at once, and takes the same again without effect', () => {
    const notes = notesOf('Bonjour');
    const [ana, bea] = [page(notes), page(notes)];
    ana.text.insert(7, ' Ana');
    bea.text.insert(0, 'Béa: ');
    const [first, second] = [ana.change(), bea.change()];
    for (const change of [first, second]) expect(kindOf(notes, change)).toBe('taken');
    expect(notes.toString()).toBe('Béa: Bonjour Ana');
    expect(notes.apply(first)).toEqual({ ok: true, value: undefined });
    expect(notes.toString()).toBe('Béa: Bonjour Ana');
  });

  it('[NOTE-1] gives what a state vector lacks, and refuses one that is none', () => {
    const notes = notesOf('un');
    const late = page(notes);
    const vector = Y.encodeStateVector(late.doc);
    const writer = page(notes);
    writer.text.insert(2, ' deux');
    notes.apply(writer.change());
    const lacking = notes.encode(vector);
    expect(lacking.ok && lacking.value.byteLength).toBeLessThan(40);
    if (lacking.ok) Y.applyUpdate(late.doc, lacking.value);
    expect(late.text.toJSON()).toBe('un deux');
    expect(notes.encode(Uint8Array.of(255, 255, 255)).ok).toBe(false);
  });

  it('[NOTE-5] takes nothing but text', () => {
    const bent: ((doc: Y.Doc) => void)[] = [
      (doc) => doc.getText('text').insert(0, 'gras', { bold: true }),
      (doc) => doc.getText('text').insertEmbed(0, { image: 'x' }),
      (doc) => doc.getText('text').setAttribute('a', 'b'),
      (doc) => doc.getMap('autre').set('a', 'b'),
      (doc) => doc.getText('autre').insert(0, 'ailleurs'),
      (doc) => doc.getArray('text').insert(0, [1, { a: 2 }]),
      (doc) => doc.getArray('text').insert(0, [new Y.Text('dedans')]),
      (doc) => doc.getMap('text').set('doc', new Y.Doc()),
    ];
    for (const [index, bend] of bent.entries()) {
      const doc = new Y.Doc();
      bend(doc);
      expect(kindOf(new NoteText(), Y.encodeStateAsUpdate(doc)), `bent ${index}`).toBe('malformed');
    }
  });

  it('[NOTE-5] refuses bytes that are no change, whatever they are, and what announces more than it brings', () => {
    const writer = page();
    writer.text.insert(0, 'bonjour à tous');
    const whole = writer.change();
    for (let cut = 1; cut < whole.length; cut += 1)
      expect(kindOf(new NoteText(), whole.subarray(0, cut)), `cut at ${cut}`).toBe('malformed');
    const hostile = [
      // So many clients, so many pieces of one client: read as an array it would be hundreds of megabytes.
      [0xff, 0xff, 0xff, 0x7f],
      [1, 0xff, 0xff, 0xff, 0x0f, 1, 0],
      // Pieces that are gone, as many as there are whole numbers.
      [1, 1, 1, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f, 0],
      // A gap in place of pieces.
      [1, 1, 1, 0, 10, 5, 0],
    ];
    for (const bytes of hostile) expect(kindOf(new NoteText(), Uint8Array.from(bytes))).toBe('malformed');
  });

  it('[NOTE-5] whatever bits are bent on the way, it is refused or leaves a text that another reads alike', () => {
    const base = notesOf('Une première ligne\net une autre');
    const writer = page(base);
    writer.text.insert(4, 'toute ');
    writer.text.delete(0, 2);
    const change = writer.change();
    const had = base.encode();
    for (let bit = 0; bit < change.length * 8; bit += 1) {
      const notes = new NoteText();
      if (had.ok) notes.load([had.value]);
      const bent = Uint8Array.from(change);
      bent[bit >> 3]! ^= 1 << (bit & 7);
      if (!notes.apply(bent).ok) continue;
      const stored = notes.encode();
      const other = new NoteText();
      if (stored.ok) other.load([stored.value]);
      expect(other.toString(), `bit ${bit}`).toBe(notes.toString());
    }
  });

  it('[NOTE-5] refuses what rests on changes that it does not have', () => {
    const writer = page();
    writer.text.insert(0, 'un');
    writer.written.splice(0);
    writer.text.insert(2, ' deux');
    expect(kindOf(new NoteText(), writer.change())).toBe('incomplete');
    writer.text.delete(0, 1);
    expect(kindOf(new NoteText(), writer.change())).toBe('incomplete');
  });

  it('[NOTE-5] holds so many characters and no more; what shortens it is taken', () => {
    const notes = notesOf('x'.repeat(NOTE_MAX_LENGTH));
    const writer = page(notes);
    writer.text.insert(0, 'y');
    const had = notes.encode();
    expect(kindOf(notes, writer.change())).toBe('full');
    const again = new NoteText();
    if (had.ok) again.load([had.value]);
    const other = page(again);
    other.text.delete(0, 10);
    other.text.insert(0, 'y');
    expect(kindOf(again, other.change())).toBe('taken');
    expect(again.length).toBe(NOTE_MAX_LENGTH - 9);
  });

  it('[NOTE-5] refuses a change of more pieces than anybody writes', () => {
    const writer = page();
    for (let i = 0; i < 300; i += 1) writer.text.insert(0, 'a');
    expect(kindOf(new NoteText(), writer.change())).toBe('malformed');
  });
});
