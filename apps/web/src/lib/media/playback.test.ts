import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPlayback as create } from './playback.ts';
import { homeOf } from './track-home.ts';
import { createStopped } from './sound-again.ts';

class FakeAudio {
  ownerDocument: unknown = globalThis.document;
  paused = true;
  hidden = false;
  isConnected = true;
  srcObject: unknown;
  sink = '';
  plays = 0;
  refuses: string | undefined;
  onpause: (() => void) | null = null;
  async play() {
    this.plays += 1;
    if (this.refuses) throw new DOMException('no', this.refuses);
    this.paused = false;
  }
  async setSinkId(id: string) {
    if (id === 'gone') throw new DOMException('no', 'NotFoundError');
    this.sink = id;
  }
  remove() {
    this.isConnected = false;
  }
  /** What the system does for a telephone call. */
  stop() {
    this.paused = true;
    this.onpause?.();
  }
}

let made: FakeAudio[] = [];
const voice = { id: 'voice' } as MediaStreamTrack;
const track = (id: string) => ({ id }) as MediaStreamTrack;

function createPlayback(blockedChanged: (blocked: boolean) => void) {
  const playback = create(blockedChanged);
  playback.onStopped(createStopped());
  return playback;
}

beforeEach(() => {
  vi.useFakeTimers();
  made = [];
  vi.stubGlobal('MediaStream', class {});
  vi.stubGlobal('document', {
    createElement: () => {
      const audio = new FakeAudio();
      made.push(audio);
      return audio;
    },
    body: { append: () => undefined },
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the sound of others', () => {
  it('[PHONE-8] that the system has stopped is played again, more and more rarely while it objects', async () => {
    const playback = createPlayback(() => undefined);
    playback.play(new Map([['a', track('a')]]));
    const [audio] = made;
    for (const pause of [300, 600, 1200]) {
      audio!.stop();
      await vi.advanceTimersByTimeAsync(pause - 1);
      expect(audio!.paused).toBe(true);
      await vi.advanceTimersByTimeAsync(1);
      expect(audio!.paused).toBe(false);
    }
    audio!.stop();
    playback.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(audio!.paused).toBe(false);
    playback.close();
  });

  it('that is over is not played again', async () => {
    const playback = createPlayback(() => undefined);
    playback.play(new Map([['a', track('a')]]));
    const [audio] = made;
    playback.play(new Map());
    audio!.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(audio!.plays).toBe(1);
  });

  it('that needs a gesture waits for it, and says so', async () => {
    const told: boolean[] = [];
    const playback = createPlayback((blocked) => told.push(blocked));
    playback.play(new Map([['a', track('a')]]));
    const [audio] = made;
    await vi.advanceTimersByTimeAsync(0);
    audio!.refuses = 'NotAllowedError';
    audio!.stop();
    await vi.advanceTimersByTimeAsync(300);
    expect(told.at(-1)).toBe(true);
    playback.wake();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(audio!.plays).toBe(2);
    audio!.refuses = undefined;
    playback.resume();
    await vi.advanceTimersByTimeAsync(0);
    expect(told.at(-1)).toBe(false);
  });

  it('[PHONE-9] goes to another speaker, and says when it could not', async () => {
    const playback = createPlayback(() => undefined);
    playback.play(new Map([['a', track('a')]]));
    await playback.setSpeaker('headset');
    expect(made[0]!.sink).toBe('headset');
    await expect(playback.setSpeaker('gone')).rejects.toThrow();
  });

  it('[BACK-5] plays in the page that its connection is of, which knows no other speaker than the usual one', async () => {
    const there: FakeAudio[] = [];
    const home = {
      createElement() {
        const audio = new FakeAudio();
        audio.ownerDocument = home;
        there.push(audio);
        return audio;
      },
      body: { append: () => undefined },
    };
    homeOf.set(voice, home as unknown as Document);
    const told: boolean[] = [];
    const playback = createPlayback((blocked) => told.push(blocked));
    playback.play(new Map([['a', voice]]));
    expect([there.length, made.length]).toEqual([1, 0]);
    await playback.setSpeaker('default');
    expect(there[0]!.sink).toBe('default');
    await playback.setSpeaker('headset');
    expect(there[0]!.sink).toBe('default');
    await expect(playback.setSpeaker('gone')).rejects.toThrow();
    // An error of that page's is one all the same.
    there[0]!.play = () =>
      Promise.reject(Object.assign(Object.create(null), { name: 'NotAllowedError' }) as Error);
    there[0]!.stop();
    await vi.advanceTimersByTimeAsync(300);
    expect(told.at(-1)).toBe(true);
  });
});
