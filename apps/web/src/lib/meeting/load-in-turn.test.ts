import { describe, expect, it, vi } from 'vitest';
import { loadInTurn } from './load-in-turn.ts';

const never = new AbortController().signal;
const noRest = () => Promise.resolve();

describe('[SHELL-7] what may be needed later', () => {
  it('comes all at once on a line that bears it', async () => {
    const first = Promise.withResolvers<void>();
    const second = vi.fn(() => Promise.resolve());
    const done = loadInTurn([() => first.promise, second], {
      isThin: () => false,
      rest: noRest,
      signal: never,
    });
    expect(second).toHaveBeenCalledOnce();
    first.resolve();
    await done;
  });

  it('comes one after another on a thin line, with a rest between', async () => {
    const order: string[] = [];
    await loadInTurn(
      ['messages', 'people'].map((name) => () => Promise.resolve(order.push(name))),
      {
        isThin: () => true,
        rest: async (ms) => {
          expect(ms).toBeGreaterThanOrEqual(500);
          order.push('rest');
          await Promise.resolve();
        },
        signal: never,
      },
    );
    expect(order).toEqual(['messages', 'rest', 'people', 'rest']);
  });

  it('comes at once as soon as the line is good', async () => {
    let isThin = true;
    const order: string[] = [];
    await loadInTurn(
      ['messages', 'people', 'settings'].map((name) => () => Promise.resolve(order.push(name))),
      {
        isThin: () => isThin,
        rest: () => {
          isThin = false;
          order.push('rest');
          return Promise.resolve();
        },
        signal: never,
      },
    );
    expect(order).toEqual(['messages', 'rest', 'people', 'settings']);
  });

  it('is not held up by what does not come, and ends with the page', async () => {
    const page = new AbortController();
    const second = vi.fn(() => Promise.reject(new Error('no network')));
    const third = vi.fn(() => Promise.resolve());
    await loadInTurn([() => Promise.reject(new Error('no network')), second, third], {
      isThin: () => true,
      rest: () => {
        if (second.mock.calls.length > 0) page.abort();
        return Promise.resolve();
      },
      signal: page.signal,
    });
    expect(second).toHaveBeenCalledOnce();
    expect(third).not.toHaveBeenCalled();
  });
});
