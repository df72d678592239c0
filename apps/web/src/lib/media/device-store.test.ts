import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeviceNews } from '../meeting/view-model.ts';
import { followDevice } from './device-follower.ts';
import { DeviceStore } from './device-store.svelte.ts';

// Runes are plain fields here: what is tested is what happens in which order, not what is drawn.
vi.hoisted(() => {
  Object.assign(globalThis, { $state: { raw: (value: unknown) => value }, isSecureContext: true });
});

interface Track {
  id: string;
  enabled: boolean;
  readyState: 'live' | 'ended';
  onended: (() => void) | null;
  onmute: (() => void) | null;
  onunmute: (() => void) | null;
  muted: boolean;
  label: string;
  stop(): void;
}

function track(id: string): Track {
  return Object.assign({ id, enabled: true, onended: null, muted: false, label: `Micro ${id}` } as Track, {
    readyState: 'live' as const,
    getSettings: () => ({ deviceId: id }),
    stop(this: Track) {
      this.readyState = 'ended';
    },
  });
}

/** Questions to the browser that have not been answered, oldest first. */
let held = false;
let asked: { give(given: Track): void; refuse(name: string): void }[] = [];

const settle = () => new Promise((resolve) => setTimeout(resolve));

function setUp(kind: 'microphone' | 'camera') {
  const sent: { track: string | undefined; muted: boolean }[] = [];
  const told: DeviceNews[] = [];
  const store = new DeviceStore({
    kind,
    choices: () => [],
    refresh: () => undefined,
    remembered: { load: () => undefined, save: () => undefined },
    isHeld: () => held,
    changed: (one) => sent.push({ track: one.track?.id, muted: one.muted }),
  });
  const follower = followDevice(store, kind, (news) => told.push(news));
  store.follow(follower);
  return { store, sent, told, follower };
}

async function opened(kind: 'microphone' | 'camera') {
  const rig = setUp(kind);
  const first = track('first');
  void rig.store.toggle();
  asked.shift()?.give(first);
  await settle();
  return { ...rig, first };
}

afterEach(() => vi.unstubAllGlobals());
beforeEach(() => {
  asked = [];
  held = false;
  const getUserMedia = () =>
    new Promise((resolve, reject) => {
      asked.push({
        give(given) {
          resolve({ getAudioTracks: () => [given], getVideoTracks: () => [given] });
        },
        refuse: (name) => reject(new DOMException('refused', name)),
      });
    });
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
});

describe('a microphone', () => {
  it('that is muted while it is being opened for the first time is not heard when it comes', async () => {
    const { store, sent } = setUp('microphone');
    void store.openWith(Promise.resolve(undefined));
    await settle();
    await store.toggle();
    expect(store.state).toBe('muted');
    const first = track('first');
    asked.shift()?.give(first);
    await settle();
    expect(store.state).toBe('muted');
    expect(first.enabled).toBe(false);
    expect(sent.at(-1)).toEqual({ track: 'first', muted: true });
  });

  it('that is muted and unmuted while it is being opened is open once it comes, and not before', async () => {
    const { store } = setUp('microphone');
    void store.toggle();
    await store.toggle();
    await store.toggle();
    expect(store.state).toBe('starting');
    const first = track('first');
    asked.shift()?.give(first);
    await settle();
    expect(store.state).toBe('on');
    expect(first.enabled).toBe(true);
    expect(asked).toEqual([]);
  });

  it('that was muted while another was being opened is not heard', async () => {
    const { store, sent, first } = await opened('microphone');
    const second = track('second');
    void store.choose('second');
    await store.toggle();
    asked.shift()?.give(second);
    await settle();
    expect(store.state).toBe('muted');
    expect(second.enabled).toBe(false);
    expect(sent.at(-1)).toEqual({ track: 'second', muted: true });
    expect(first.readyState).toBe('ended');
  });

  it('that was unmuted while another was being opened is heard', async () => {
    const { store } = await opened('microphone');
    await store.toggle();
    const second = track('second');
    void store.choose('second');
    await store.toggle();
    asked.shift()?.give(second);
    await settle();
    expect(store.state).toBe('on');
    expect(second.enabled).toBe(true);
  });

  it('that was unplugged can be muted before another has taken its place', async () => {
    const { store, first } = await opened('microphone');
    const second = track('second');
    first.onended?.();
    await store.toggle();
    asked.shift()?.give(second);
    await settle();
    expect(store.state).toBe('muted');
    expect(second.enabled).toBe(false);
  });

  it('that was muted while the former had to be let go first is not heard', async () => {
    const { store, first } = await opened('microphone');
    void store.choose('second');
    asked.shift()?.refuse('NotReadableError');
    await settle();
    expect(first.readyState).toBe('ended');
    await store.toggle();
    const second = track('second');
    asked.shift()?.give(second);
    await settle();
    expect(store.state).toBe('muted');
    expect(second.enabled).toBe(false);
  });
});

const choice = (deviceId: string) => ({ deviceId, label: `Micro ${deviceId}` });

describe('a microphone, by itself', () => {
  it('[PHONE-9] gives its place to a headset that is plugged in, muted as it was, and says so', async () => {
    const { sent, told, first, store, follower } = await opened('microphone');
    await store.toggle();
    void follower.listChanged([choice('first')], [choice('first'), choice('headset')]);
    const headset = track('headset');
    asked.shift()?.give(headset);
    await settle();
    expect(sent.at(-1)).toEqual({ track: 'headset', muted: true });
    expect(first.readyState).toBe('ended');
    expect(told).toEqual([{ device: 'microphone', what: 'plugged', now: 'Micro headset' }]);
  });

  it('[PHONE-9] stays the one that the person chose', async () => {
    const { store, told, follower } = await opened('microphone');
    void store.choose('first');
    asked.shift()?.give(track('first'));
    await settle();
    await follower.listChanged([choice('first')], [choice('first'), choice('headset')]);
    expect(asked).toEqual([]);
    expect(told).toEqual([]);
  });

  it('[PHONE-9] that is unplugged falls back to what is there, and says so', async () => {
    const { store, told, first, follower } = await opened('microphone');
    first.onended?.();
    // The list of devices is looked at again meanwhile.
    await follower.listChanged([choice('built'), choice('first')], [choice('built')]);
    expect(asked).toHaveLength(1);
    asked.shift()?.give(track('built'));
    await settle();
    expect(store.state).toBe('on');
    expect(told).toEqual([{ device: 'microphone', what: 'gone', was: 'Micro first', now: 'Micro built' }]);
  });

  it('[PHONE-10] that a call has taken is tried again until it is back, muted if it was, and says so', async () => {
    vi.useFakeTimers();
    const { store, sent, told } = setUp('microphone');
    const first = track('first');
    void store.toggle();
    asked.shift()?.give(first);
    await vi.advanceTimersByTimeAsync(0);
    await store.toggle();
    first.onended?.();
    for (const pause of [2000, 4000, 8000]) {
      asked.shift()?.refuse('NotReadableError');
      await vi.advanceTimersByTimeAsync(0);
      expect(store.state).toBe('off');
      expect(store.problem).toBe('busy');
      await vi.advanceTimersByTimeAsync(pause - 1);
      expect(asked).toEqual([]);
      await vi.advanceTimersByTimeAsync(1);
    }
    asked.shift()?.give(track('first'));
    await vi.advanceTimersByTimeAsync(0);
    expect(sent.at(-1)).toEqual({ track: 'first', muted: true });
    expect(told).toEqual([{ device: 'microphone', what: 'back', now: 'Micro first' }]);
    vi.useRealTimers();
  });

  it('[PHONE-10] that the person has closed meanwhile is not opened again', async () => {
    vi.useFakeTimers();
    const { store, follower } = setUp('microphone');
    const first = track('first');
    void store.toggle();
    asked.shift()?.give(first);
    await vi.advanceTimersByTimeAsync(0);
    first.onended?.();
    asked.shift()?.refuse('NotReadableError');
    await vi.advanceTimersByTimeAsync(0);
    store.turnOff();
    await follower.regain();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(asked).toEqual([]);
    vi.useRealTimers();
  });

  it('[PHONE-10] that the system silences is muted for the others, after a moment, until it sounds again', async () => {
    vi.useFakeTimers();
    const { store, sent, told } = setUp('microphone');
    const first = track('first');
    void store.toggle();
    asked.shift()?.give(first);
    await vi.advanceTimersByTimeAsync(0);
    first.muted = true;
    first.onmute?.();
    expect(sent.at(-1)?.muted).toBe(false);
    await vi.advanceTimersByTimeAsync(1500);
    expect([sent.at(-1)?.muted, store.interrupted, store.state]).toEqual([true, true, 'on']);
    first.muted = false;
    first.onunmute?.();
    expect([sent.at(-1)?.muted, store.interrupted]).toEqual([false, false]);
    expect(told.map(({ what }) => what)).toEqual(['interrupted', 'resumed']);
    vi.useRealTimers();
  });
});

describe('a camera', () => {
  it('that was turned off while another was being opened stays off', async () => {
    const { store, first } = await opened('camera');
    const second = track('second');
    void store.choose('second');
    await store.toggle();
    asked.shift()?.give(second);
    await settle();
    expect(store.state).toBe('off');
    expect(store.track).toBe(undefined);
    expect([first.readyState, second.readyState]).toEqual(['ended', 'ended']);
  });

  it('that was turned off while it was being opened elsewhere stays off', async () => {
    const { store } = setUp('camera');
    const first = track('first');
    const given = Promise.resolve(first as unknown as MediaStreamTrack);
    void store.openWith(given);
    store.turnOff();
    await settle();
    expect(store.state).toBe('off');
    expect(first.readyState).toBe('ended');
  });

  it('that is opened again is not closed by an earlier choice that failed', async () => {
    const { store } = await opened('camera');
    void store.choose('busy');
    const busy = asked.shift();
    await store.toggle();
    void store.toggle();
    const third = track('third');
    asked.shift()?.give(third);
    await settle();
    busy?.refuse('NotReadableError');
    await settle();
    expect(third.readyState).toBe('live');
    expect(store.state).toBe('on');
    expect(asked).toEqual([]);
  });
});

it('a camera that the line holds closed is not opened, and may be opened afterwards [LINE-1]', async () => {
  const { store } = setUp('camera');
  held = true;
  await store.toggle();
  expect(asked).toHaveLength(0);
  expect(store.state).toBe('off');
  held = false;
  void store.toggle();
  asked.shift()?.give(track('first'));
  await settle();
  expect(store.state).toBe('on');
});
