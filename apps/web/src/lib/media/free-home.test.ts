import { afterEach, describe, expect, it, vi } from 'vitest';
import { openFreeHome } from './free-home.ts';

const LINUX =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const WINDOWS = LINUX.replace('X11; Linux x86_64', 'Windows NT 10.0; Win64; x64');
const MAC = LINUX.replace('X11; Linux x86_64', 'Macintosh; Intel Mac OS X 10_15_7');

class Theirs {}
class Ours {}

interface Frame {
  hidden: boolean;
  allow: string;
  contentWindow: unknown;
  contentDocument: object;
  isThere: boolean;
  remove(): void;
}

function inBrowser({
  userAgent = LINUX,
  maxTouchPoints = 0,
  hasBeenActive = true,
  theirs = Theirs,
}: { userAgent?: string; maxTouchPoints?: number; hasBeenActive?: boolean; theirs?: unknown } = {}): Frame[] {
  const frames: Frame[] = [];
  vi.stubGlobal('navigator', { userAgent, maxTouchPoints, userActivation: { hasBeenActive } });
  vi.stubGlobal('RTCPeerConnection', Ours);
  vi.stubGlobal('document', {
    createElement: (): Frame => ({
      hidden: false,
      allow: '',
      contentWindow: { RTCPeerConnection: theirs },
      contentDocument: {},
      isThere: false,
      remove() {
        this.isThere = false;
      },
    }),
    body: {
      append(frame: Frame) {
        frame.isThere = true;
        frames.push(frame);
      },
    },
  });
  return frames;
}

afterEach(() => vi.unstubAllGlobals());

describe('[BACK-5] the page within ours that connections are made in', () => {
  it('may use neither microphone nor camera, makes what passes for ours, and goes when it is closed', () => {
    const [frames, home] = [inBrowser(), openFreeHome()];
    const [frame] = frames;
    expect(frame).toMatchObject({ hidden: true, allow: "microphone 'none'; camera 'none'", isThere: true });
    expect(home?.document).toBe(frame?.contentDocument);
    const made = vi.fn(() => new RTCPeerConnection());
    expect(home?.within(made)).toBeInstanceOf(Ours);
    expect(made).toHaveBeenCalledTimes(1);
    expect(globalThis.RTCPeerConnection).toBe(Ours);
    vi.useFakeTimers();
    home?.close();
    // What its connections are still asked for is answered first: of a page that is gone, never.
    expect(frame?.isThere).toBe(true);
    vi.advanceTimersByTime(2000);
    expect(frame?.isThere).toBe(false);
    vi.useRealTimers();
  });

  it('leaves ours as it was when nothing could be made', () => {
    inBrowser();
    const home = openFreeHome();
    expect(() =>
      home?.within(() => {
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(globalThis.RTCPeerConnection).toBe(Ours);
  });

  it.each([
    ['Linux', LINUX, 0],
    ['Windows', WINDOWS, 10],
    ['macOS', MAC, 0],
  ])('is there in Chromium on a computer with %s', (_system, userAgent, maxTouchPoints) => {
    inBrowser({ userAgent, maxTouchPoints });
    expect(openFreeHome()).toBeDefined();
  });

  it.each([
    ['a phone', LINUX.replace('X11; Linux x86_64', 'Linux; Android 10; K'), 5],
    ['a tablet that asks for the pages of a computer', LINUX, 5],
    ['a Chromebook', LINUX.replace('Linux x86_64', 'CrOS x86_64 14541.0.0'), 0],
    ['Firefox', 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0', 0],
    ['Safari', MAC.replace('Chrome/140.0.0.0', 'Version/18.0'), 0],
  ])('is not there on %s', (_what, userAgent, maxTouchPoints) => {
    const frames = inBrowser({ userAgent, maxTouchPoints });
    expect(openFreeHome()).toBeUndefined();
    expect(frames).toEqual([]);
  });

  it('is not there before any gesture, when sound might play in ours alone, nor where it cannot make connections', () => {
    inBrowser({ hasBeenActive: false });
    expect(openFreeHome()).toBeUndefined();
    const frames = inBrowser({ theirs: null });
    expect(openFreeHome()).toBeUndefined();
    expect(frames.map(({ isThere }) => isThere)).toEqual([false]);
  });
});
