import type { Overview } from '@relais/protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepAsking } from './keep-asking.ts';

const OVERVIEW = { at: 1 } as Overview;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function rig(answers: (Response | Error)[]) {
  const said: string[] = [];
  const state = { hidden: false, asked: 0 };
  const asking = keepAsking({
    fetch: async () => {
      state.asked += 1;
      const answer = answers.shift() ?? Response.json(OVERVIEW);
      if (answer instanceof Error) throw answer;
      return answer;
    },
    url: '/admin/overview',
    told: () => said.push('told'),
    away: () => said.push('away'),
    refused: () => said.push('refused'),
    hidden: () => state.hidden,
  });
  return { said, state, asking };
}

test('figures are asked for every five seconds, until nobody wants them', async () => {
  const { said, state, asking } = rig([]);
  await vi.advanceTimersByTimeAsync(4_999);
  expect(said).toEqual([]);
  await vi.advanceTimersByTimeAsync(10_001);
  expect(said).toEqual(['told', 'told', 'told']);
  asking.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(state.asked).toBe(3);
});

test('a server that does not answer is asked again, less and less often, and found when it is back', async () => {
  const away = Array.from({ length: 6 }, (_, i) =>
    i % 2 ? new Error('no network') : new Response('', { status: 503 }),
  );
  const { said, state } = rig(away);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(said[0]).toBe('away');
  expect(state.asked).toBeLessThan(9);
  await vi.advanceTimersByTimeAsync(180_000);
  expect(said.at(-1)).toBe('told');
});

test('a token that counts no longer ends the asking', async () => {
  const { said, state } = rig([new Response('', { status: 401 })]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(said).toEqual(['refused']);
  expect(state.asked).toBe(1);
});

test('nothing is asked while nobody looks, and at once when somebody does', async () => {
  const { said, state, asking } = rig([]);
  state.hidden = true;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(state.asked).toBe(0);
  state.hidden = false;
  asking.now();
  await vi.advanceTimersByTimeAsync(0);
  expect(said).toEqual(['told']);
});
