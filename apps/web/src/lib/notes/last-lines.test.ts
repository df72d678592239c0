import type { NoteLine, Place, RoomId } from '@relais/protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createFakeHub, type FakeHub } from '../hub/fake-hub-client.ts';
import { LastLines } from './last-lines.svelte.ts';

// Runes are plain fields here: what is tested is what is asked and kept, not what is drawn.
vi.hoisted(() => {
  Object.assign(globalThis, { $state: { raw: (value: unknown) => value } });
});

const housing = 'housing' as RoomId;
const transport = 'transport' as RoomId;
const line = (place: Place, text: string, at: number): NoteLine => ({ place, line: text, at });

let fake: FakeHub;
let lines: LastLines;
beforeEach(() => {
  vi.useFakeTimers();
  fake = createFakeHub();
  fake.socket(true);
  lines = new LastLines(fake.hub);
});
afterEach(() => {
  lines.close();
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);
const asked = () => fake.requests.map(({ payload }) => (payload as { on: boolean }).on);
const answer = (...known: NoteLine[]) =>
  fake.answer('notes:watch', () => ({ ok: true, value: { lines: known } }));

test('[NOTE-8] what was noted before one asked is there, then what is noted since, the newest of each room', async () => {
  answer(line(housing, 'Des toits', 10));
  lines.watch();
  // A fact that overtakes the answer is not undone by it.
  fake.tell('noteLinesChanged', { lines: [line(housing, 'Des toits pour l’hiver', 20)] });
  await settle();
  expect(lines.of(housing)?.line).toBe('Des toits pour l’hiver');
  fake.tell('noteLinesChanged', { lines: [line(transport, 'Une navette', 30), line(housing, 'Vieux', 15)] });
  expect([lines.of(housing)?.line, lines.of(transport)?.line]).toEqual([
    'Des toits pour l’hiver',
    'Une navette',
  ]);
  expect(lines.of('plenary')).toBeUndefined();
});

test('[NOTE-8] it is asked again where the hub could not, with more and more time between, and told once of each fact', async () => {
  fake.answer('notes:watch', () => ({ ok: false, error: { kind: 'unavailable', what: 'log' } }));
  lines.watch();
  await settle();
  expect(asked()).toEqual([true]);
  answer(line(housing, 'Des toits', 10));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked()).toEqual([true, true]);
  expect(lines.of(housing)?.line).toBe('Des toits');
  // After a return it is asked anew, and listens no second time.
  lines.watch();
  await settle();
  expect(asked()).toEqual([true, true, true]);
});

test('[NOTE-8] who does not look any more says so once, and is told nothing', async () => {
  answer();
  lines.watch();
  await settle();
  lines.close();
  lines.close();
  expect(asked()).toEqual([true, false]);
  fake.tell('noteLinesChanged', { lines: [line(housing, 'Trop tard', 10)] });
  expect(lines.of(housing)).toBeUndefined();
});

test('[NOTE-8] closed while the hub is asked again and again, it asks no more', async () => {
  fake.answer('notes:watch', () => ({ ok: false, error: { kind: 'tooMany', retryAfterMs: 1000 } }));
  lines.watch();
  await settle();
  lines.close();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(asked()).toEqual([true, false]);
});
