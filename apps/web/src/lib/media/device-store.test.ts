import { beforeEach, describe, expect, it, vi } from 'vitest';
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
  stop(): void;
}

function track(id: string): Track {
  return Object.assign({ id, enabled: true, onended: null } as Track, {
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
  const store = new DeviceStore({
    kind,
    choices: () => [],
    refresh: () => undefined,
    remembered: { load: () => undefined, save: () => undefined },
    isHeld: () => held,
    changed: (one) => sent.push({ track: one.track?.id, muted: one.muted }),
  });
  return { store, sent };
}

async function opened(kind: 'microphone' | 'camera') {
  const rig = setUp(kind);
  const first = track('first');
  void rig.store.toggle();
  asked.shift()?.give(first);
  await settle();
  return { ...rig, first };
}

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
