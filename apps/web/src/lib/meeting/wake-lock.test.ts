import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepAwake } from './wake-lock.ts';

class Lock extends EventTarget {
  released = false;
  async release() {
    this.released = true;
    this.dispatchEvent(new Event('release'));
  }
}

let locks: Lock[] = [];
let refused = false;
let page: EventTarget & { visibilityState: string };

const settle = () => vi.advanceTimersByTimeAsync(0);

async function see(state: 'visible' | 'hidden'): Promise<void> {
  page.visibilityState = state;
  // As a browser does: a page that is not seen keeps nothing awake.
  if (state === 'hidden') await locks.at(-1)?.release();
  page.dispatchEvent(new Event('visibilitychange'));
  await settle();
}

beforeEach(() => {
  vi.useFakeTimers();
  locks = [];
  refused = false;
  page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  vi.stubGlobal('document', page);
  const request = async () => {
    if (refused) throw new DOMException('battery', 'NotAllowedError');
    const lock = new Lock();
    locks.push(lock);
    return lock;
  };
  vi.stubGlobal('navigator', { wakeLock: { request } });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the screen during a meeting [PHONE-7]', () => {
  it('stays awake, is let go when the page is, and is kept again when the page is back', async () => {
    const end = keepAwake();
    await settle();
    await see('visible');
    expect(locks).toHaveLength(1);
    await see('hidden');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(locks).toHaveLength(1);
    await see('visible');
    expect(locks.map(({ released }) => released)).toEqual([true, false]);
    end();
    expect(locks.at(-1)?.released).toBe(true);
  });

  it('is asked for again after a while when the system took it in sight, or refused it', async () => {
    refused = true;
    const end = keepAwake();
    await settle();
    refused = false;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(locks).toHaveLength(1);
    await locks[0]?.release();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(locks).toHaveLength(2);
    end();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(locks).toHaveLength(2);
  });

  it('does with a browser that cannot', () => {
    vi.stubGlobal('navigator', {});
    expect(() => keepAwake()()).not.toThrow();
  });
});
