import type { MeetingId, RoomId } from '@relais/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { NOTE_MAX_ROWS, type NoteKey, type NoteStore, type NoteSummary } from './note-store.ts';

const M1 = 'm1' as MeetingId;
const KEY: NoteKey = { meetingId: M1, place: 'plenary' };
const OTHERS: NoteKey[] = [
  { meetingId: M1, place: 'room-1' as RoomId },
  { meetingId: 'm2' as MeetingId, place: 'plenary' },
];

const change = (after: number, byte: number, more: Partial<NoteSummary> = {}) => ({
  after,
  update: Uint8Array.of(byte, 0, 255),
  summary: { lastLine: `ligne ${byte}`, length: byte, at: 1000 + byte, ...more },
});

/** What every store of notes must do. `open` gives an empty one, in which the meetings m1 and m2 may have some. */
export function noteStoreContract(name: string, open: () => Promise<NoteStore>): void {
  describe(`${name} as a store of notes`, () => {
    let store: NoteStore;
    beforeEach(async () => {
      store = await open();
    });

    const load = async (key = KEY, since = 0) => {
      const found = await store.load(key, since);
      if (!found.ok) throw new Error(found.error.kind);
      const { seq, state, updates, rows } = found.value;
      return { seq, rows, updates: updates.map((one) => one[0]), ...(state && { state: [...state] }) };
    };
    const write = async (count: number, key = KEY) => {
      const { seq } = await load(key);
      for (let i = 0; i < count; i++)
        expect(await store.append(key, change(seq + i, (seq + i + 1) % 256))).toMatchObject({ ok: true });
    };

    it('has nothing of what nobody wrote', async () => {
      expect(await load()).toEqual({ seq: 0, rows: 0, updates: [] });
      expect(await store.list(M1)).toEqual({ ok: true, value: [] });
    });

    it('[NOTE-2] gives changes back in order and to the last byte, all of them or those after one', async () => {
      await write(3);
      expect(await load()).toEqual({ seq: 3, rows: 3, updates: [1, 2, 3] });
      expect(await load(KEY, 2)).toEqual({ seq: 3, rows: 3, updates: [3] });
      expect(await load(KEY, 3)).toEqual({ seq: 3, rows: 3, updates: [] });
      const found = await store.load(KEY, 2);
      expect(found.ok && [...found.value.updates[0]!]).toEqual([3, 0, 255]);
    });

    it('[NOTE-3] keeps the notes of each place of each meeting apart', async () => {
      await write(2);
      for (const other of OTHERS) expect((await load(other)).seq).toBe(0);
      await write(1, OTHERS[0]);
      expect((await load()).seq).toBe(2);
      expect((await store.list('m2' as MeetingId)).ok).toBe(true);
      const listed = await store.list(M1);
      expect(listed.ok && listed.value.map(({ place }) => place).sort()).toEqual(['plenary', 'room-1']);
    });

    it('[NOTE-2] takes one change for each number: of two that follow the same, one is stored', async () => {
      await write(1);
      const conflict = { ok: false, error: { kind: 'conflict' } };
      const both = await Promise.all([store.append(KEY, change(1, 7)), store.append(KEY, change(1, 8))]);
      expect(both.filter(({ ok }) => ok)).toHaveLength(1);
      expect(both.find(({ ok }) => !ok)).toEqual(conflict);
      for (const after of [0, 1, 3]) expect(await store.append(KEY, change(after, 9))).toEqual(conflict);
      expect((await load()).seq).toBe(2);
      // The first change of a place, too.
      const [key] = OTHERS;
      const first = await Promise.all([store.append(key!, change(0, 1)), store.append(key!, change(0, 2))]);
      expect(first.filter(({ ok }) => ok)).toHaveLength(1);
      expect(await store.append(OTHERS[1]!, change(4, 1))).toEqual(conflict);
    });

    it('[NOTE-9] draws changes together into a state, which stands for them', async () => {
      await write(3);
      await store.compact(KEY, { seq: 2, state: Uint8Array.of(12, 0, 255) });
      expect(await load()).toEqual({ seq: 3, rows: 1, updates: [3], state: [12, 0, 255] });
      expect(await load(KEY, 1)).toMatchObject({ updates: [3], state: [12, 0, 255] });
      expect(await load(KEY, 2)).toEqual({ seq: 3, rows: 1, updates: [3] });
      await write(1);
      expect(await load(KEY, 2)).toEqual({ seq: 4, rows: 2, updates: [3, 4] });
    });

    it('[NOTE-9] does not take a state for one that is newer, nor for changes that were never stored', async () => {
      await write(3);
      await store.compact(KEY, { seq: 3, state: Uint8Array.of(3) });
      await store.compact(KEY, { seq: 2, state: Uint8Array.of(2) });
      await store.compact(KEY, { seq: 9, state: Uint8Array.of(9) });
      await store.compact(OTHERS[0]!, { seq: 1, state: Uint8Array.of(1) });
      expect(await load()).toEqual({ seq: 3, rows: 0, updates: [], state: [3] });
      expect(await load(OTHERS[0])).toEqual({ seq: 0, rows: 0, updates: [] });
    });

    it('[NOTE-9] bounds the rows of a place: one more is refused until they are drawn together', async () => {
      await write(NOTE_MAX_ROWS);
      const more = change(NOTE_MAX_ROWS, 1);
      expect(await store.append(KEY, more)).toEqual({ ok: false, error: { kind: 'crowded' } });
      expect((await load()).seq).toBe(NOTE_MAX_ROWS);
      await store.compact(KEY, { seq: NOTE_MAX_ROWS - 1, state: Uint8Array.of(1) });
      expect(await store.append(KEY, more)).toMatchObject({ ok: true });
      expect(await load()).toMatchObject({ seq: NOTE_MAX_ROWS + 1, rows: 2 });
    });

    it('[NOTE-8] says of each place what was written last, how long it is and when', async () => {
      await store.append(KEY, change(0, 1));
      await store.append(KEY, change(1, 2, { lastLine: 'É – 😀', length: 9, at: 1_795_000_000_123 }));
      await store.compact(KEY, { seq: 2, state: Uint8Array.of(1) });
      expect(await store.list(M1)).toEqual({
        ok: true,
        value: [{ place: 'plenary', lastLine: 'É – 😀', length: 9, at: 1_795_000_000_123 }],
      });
    });
  });
}
