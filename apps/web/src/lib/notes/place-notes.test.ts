import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { createFakeHub, type FakeHub } from '../hub/fake-hub-client.ts';
import { createNoteMemory, type NoteMemory } from './note-memory.ts';
import { PlaceNotes } from './place-notes.ts';
import type { TextEdit } from './text-edit.ts';

/** What the hub has stored, and what it was asked. */
class Stored {
  readonly doc = new Y.Doc();
  seq = 0;
  writes: Uint8Array[] = [];

  get text(): string {
    return this.doc.getText('text').toJSON();
  }

  /** Somebody else writes. */
  write(text: string): Uint8Array {
    const before = Y.encodeStateVector(this.doc);
    this.doc.getText('text').insert(this.text.length, text);
    this.seq += 1;
    return Y.encodeStateAsUpdate(this.doc, before);
  }

  serve(fake: FakeHub): void {
    fake.answer('notes:open', ({ stateVector }) => ({
      ok: true,
      value: {
        update: Uint8Array.from(Y.encodeStateAsUpdate(this.doc, stateVector)),
        seq: this.seq,
        grant: 'g1',
      },
    }));
    fake.answer('notes:write', ({ update }) => {
      Y.applyUpdate(this.doc, update);
      this.writes.push(update);
      this.seq += 1;
      return { ok: true, value: { seq: this.seq, grant: 'g2' } };
    });
  }
}

let fake: FakeHub;
let stored: Stored;
let storage: Map<string, string>;
let memory: NoteMemory;
let edits: TextEdit[];
let open: PlaceNotes[];

beforeEach(() => {
  vi.useFakeTimers();
  fake = createFakeHub();
  stored = new Stored();
  stored.serve(fake);
  fake.socket(true);
  storage = new Map();
  memory = createNoteMemory('abc', keptIn(storage));
  edits = [];
  open = [];
});
afterEach(() => {
  for (const notes of open) notes.close();
  vi.useRealTimers();
});

function keptIn(values: Map<string, string>): Storage {
  const kept = Object.create(null) as Record<string, unknown>;
  return new Proxy(kept, {
    get: (_, name) =>
      ({
        getItem: (key: string) => values.get(key) ?? null,
        setItem: (key: string, value: string) => values.set(key, value),
        removeItem: (key: string) => values.delete(key),
      })[String(name)],
    ownKeys: () => [...values.keys()],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  }) as unknown as Storage;
}

function page(): PlaceNotes {
  const notes = new PlaceNotes({
    place: 'plenary',
    hub: fake.hub,
    memory,
    isJoined: () => fake.hub.connected,
    changed: (news) => edits.push(...(news ?? [])),
  });
  open.push(notes);
  notes.follow(true);
  return notes;
}

const pass = (ms = 1000) => vi.advanceTimersByTimeAsync(ms);
const type = (notes: PlaceNotes, insert: string, at = notes.text.length) =>
  notes.edit({ at, remove: 0, insert });

describe('notes in a page', () => {
  it('[NOTE-1] has what was written before, and what is typed goes to the hub, gathered', async () => {
    stored.write('Bonjour');
    const notes = page();
    expect(notes.state).toBe('reading');
    await pass();
    expect([notes.text, notes.state]).toEqual(['Bonjour', 'saved']);
    for (const letter of ' à tous') type(notes, letter);
    expect(notes.state).toBe('saving');
    await pass();
    expect([stored.text, notes.state]).toEqual(['Bonjour à tous', 'saved']);
    expect(stored.writes).toHaveLength(1);
    expect(storage.size).toBe(0);
  });

  it('[NOTE-2] keeps over a reload what the hub has not acknowledged, and sends it then, once', async () => {
    const first = page();
    await pass();
    type(first, 'avant');
    await pass();
    fake.socket(false);
    type(first, ' la coupure');
    await pass();
    expect(first.state).toBe('offline');
    first.close();
    stored.write('!');
    const second = page();
    expect(second.hasUnsent).toBe(true);
    fake.socket(true);
    second.rejoined();
    await pass();
    expect(second.state).toBe('saved');
    expect(second.text).toBe(stored.text);
    expect([...stored.text].sort()).toEqual([...'avant la coupure!'].sort());
    expect(storage.size).toBe(0);
  });

  it('[NOTE-4] sends what is left with the hub’s word, also when it reads nothing there any more', async () => {
    const first = page();
    await pass();
    fake.socket(false);
    type(first, 'juste avant');
    first.close();
    fake.answer('notes:open', () => ({ ok: false, error: { kind: 'notInYourRoom' } }));
    fake.socket(true);
    const second = page();
    await pass();
    expect(stored.text).toBe('juste avant');
    expect(fake.requests.findLast(({ name }) => name === 'notes:write')?.payload).toMatchObject({
      grant: 'g1',
    });
    expect(second.hasUnsent).toBe(false);
  });

  it('[NOTE-2] says that the store is away, and tries again until it is not', async () => {
    const notes = page();
    await pass();
    fake.answer('notes:write', () => ({ ok: false, error: { kind: 'unavailable', what: 'log' } }));
    type(notes, 'a');
    await pass();
    expect(notes.state).toBe('storeAway');
    stored.serve(fake);
    await pass(60_000);
    expect([notes.state, stored.text]).toEqual(['saved', 'a']);
  });

  it('[NOTE-5] says when the text is full, and goes on once it is shorter', async () => {
    const notes = page();
    await pass();
    fake.answer('notes:write', () => ({ ok: false, error: { kind: 'tooLarge' } }));
    type(notes, 'trop');
    await pass();
    expect(notes.state).toBe('full');
    const asked = fake.requests.length;
    await pass(60_000);
    expect(fake.requests).toHaveLength(asked);
    stored.serve(fake);
    notes.edit({ at: 0, remove: 2, insert: '' });
    await pass();
    expect([notes.state, stored.text]).toEqual(['saved', 'op']);
  });

  it('[NOTE-1] others’ writing waits while somebody composes, and comes when they have', async () => {
    stored.write('Bonjour');
    const notes = page();
    await pass();
    edits = [];
    notes.hold(true);
    type(notes, '^', 0);
    notes.heard(2, stored.write(' Béa'));
    expect(notes.text).toBe('^Bonjour');
    notes.edit({ at: 0, remove: 1, insert: 'ê' });
    notes.hold(false);
    expect(notes.text).toBe('êBonjour Béa');
    expect(edits).toEqual([{ at: 8, remove: 0, insert: ' Béa' }]);
  });

  it('[NOTE-1] asks again when a number is missing', async () => {
    const notes = page();
    await pass();
    stored.write('un ');
    notes.heard(2, stored.write('deux'));
    await pass(3000);
    expect(notes.text).toBe('un deux');
    const opened = fake.requests.filter(({ name }) => name === 'notes:open').length;
    type(notes, ' trois');
    await pass();
    notes.heard(4, stored.write(' quatre'));
    await pass();
    expect(notes.text).toBe('un deux trois quatre');
    expect(fake.requests.filter(({ name }) => name === 'notes:open')).toHaveLength(opened);
  });

  it('[NOTE-2] an hour of typing without a line is remembered small, and goes in changes that the hub takes', async () => {
    const notes = page();
    await pass();
    fake.socket(false);
    for (let i = 0; i < 3000; i += 1) type(notes, 'x');
    notes.edit({ at: 10, remove: 5, insert: 'milieu' });
    expect([...storage.values()][0]!.length).toBeLessThan(40_000);
    fake.socket(true);
    notes.rejoined();
    await pass(20_000);
    expect(stored.text).toBe(notes.text);
    expect(stored.text).toHaveLength(3001);
    for (const write of stored.writes) {
      expect(write.byteLength).toBeLessThan(48 * 1024);
      expect(Y.decodeUpdate(write).structs.length).toBeLessThan(200);
    }
  });

  it('[NOTE-5] what is pasted goes in pieces that fit', async () => {
    const notes = page();
    await pass();
    type(notes, 'é'.repeat(100_000));
    await pass(20_000);
    expect(stored.text).toHaveLength(100_000);
    for (const write of stored.writes) expect(write.byteLength).toBeLessThan(48 * 1024);
  });

  it('[NOTE-1] takes back one’s own writing alone', async () => {
    stored.write('Béa');
    const notes = page();
    await pass();
    type(notes, ' Ana');
    await pass();
    notes.heard(3, stored.write(' Cléo'));
    notes.undo(false);
    expect(notes.text).toBe('Béa Cléo');
    await pass();
    expect(stored.text).toBe('Béa Cléo');
    notes.undo(true);
    expect(notes.text).toBe('Béa Ana Cléo');
  });
});
