import type { Page } from 'playwright-core';

/** What one page saw; times in milliseconds since 1970, so that pages and the killer share one clock. */
export interface Seen {
  /** Socket.IO packets, and connections that came up, in order. */
  marks: { what: string; at: number }[];
  /** What came over a peer connection. `from` tells whose it is; the same for a track that stands in its place. */
  tracks: ReceivedTrack[];
}

export interface ReceivedTrack {
  from: string;
  kind: string;
  /** May be long before anything comes on it: a browser can be ready ahead of need. */
  madeAt: number;
  packetAt?: number;
  /** When the last packet of the first frame that was shown had come; a decoder begins with a key frame. */
  wholeFrameAt?: number;
  /** When that frame was handed to the screen. */
  shownAt?: number;
}

declare global {
  interface Window {
    recoveryProbe: Seen;
    /** Every connection that the page has made. */
    recoveryConnections: RTCPeerConnection[];
    /** Of the page, be it made in a page within it. */
    recoveryConnection: ((connection: RTCPeerConnection) => void) | undefined;
  }
}

/**
 * Makes every document of the page note what passes on its socket and what comes over its peer connections. It only
 * listens: `unmute` is a track's first packet, and `requestVideoFrameCallback` its first picture.
 */
export async function watchMedia(page: Page): Promise<void> {
  await page.addInitScript(install);
}

/** What was seen after `since`; of tracks those on which something came for the first time. */
export async function seenSince(page: Page, since: number): Promise<Seen> {
  const { marks, tracks } = await page.evaluate(() => window.recoveryProbe);
  return {
    marks: marks.filter(({ at }) => at >= since),
    tracks: tracks.filter(({ packetAt = 0 }) => packetAt >= since),
  };
}

/** Until so many others are seen and heard on tracks on which nothing had come before `since`; rejects after `timeoutMs`. */
export async function untilBack(
  page: Page,
  { since, others, timeoutMs }: { since: number; others: number; timeoutMs: number },
): Promise<void> {
  await page.waitForFunction(
    ([from, count]) => {
      const back = window.recoveryProbe.tracks.filter(
        ({ kind, shownAt, packetAt = 0 }) => packetAt >= from && (kind !== 'video' || shownAt !== undefined),
      );
      const people = (kind: string) => new Set(back.filter((t) => t.kind === kind).map((t) => t.from)).size;
      return people('video') >= count && people('audio') >= count;
    },
    [since, others] as const,
    { timeout: timeoutMs, polling: 100 },
  );
}

/** Serialised into the page: it can use nothing from outside. */
function install(): void {
  const Original = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      window.parent.recoveryConnection?.(this);
    }
  };
  if (window.parent !== window) return;
  const probe: Seen = { marks: [], tracks: [] };
  window.recoveryProbe = probe;
  const wall = (at = performance.now()) => performance.timeOrigin + at;
  const mark = (what: string) => probe.marks.push({ what, at: wall() });

  /** Names of the requests that wait for their answer, by their number. */
  const asked = new Map<string, string>();
  const note = (direction: 'asked' | 'told', packet: unknown) => {
    if (typeof packet !== 'string') return;
    const [, type, id = '', name = ''] = /^4([23])(\d*)(?:\["([^"]+)")?/.exec(packet) ?? [];
    if (type === undefined) return;
    if (type === '3') return mark(`answered ${asked.get(id) ?? ''}`);
    const fact = /"type":"(producer\w+)"/.exec(packet)?.[1];
    if (direction === 'asked') asked.set(id, name);
    mark(`${direction} ${direction === 'told' && fact ? fact : name}`);
  };
  const OriginalSocket = window.WebSocket;
  window.WebSocket = class extends OriginalSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('message', ({ data }) => note('told', data));
    }
    override send(data: Parameters<WebSocket['send']>[0]) {
      note('asked', data);
      super.send(data);
    }
  };

  const pictures = new WeakMap<MediaStreamTrack, ReceivedTrack>();
  const srcObject = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject')!;
  /** A received track's first picture is looked for from the moment in which a <video> is given it. */
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    ...srcObject,
    set(this: HTMLMediaElement, stream: MediaProvider | null) {
      srcObject.set!.call(this, stream);
      if (!(this instanceof HTMLVideoElement) || !(stream instanceof MediaStream)) return;
      const [track] = stream.getVideoTracks();
      const received = track && pictures.get(track);
      if (!received || received.shownAt !== undefined) return;
      this.requestVideoFrameCallback((now, { receiveTime }) => {
        received.shownAt ??= wall(now);
        if (receiveTime !== undefined) received.wholeFrameAt ??= wall(receiveTime);
      });
    },
  });

  window.recoveryConnections = [];
  window.recoveryConnection = (connection) => {
    window.recoveryConnections.push(connection);
    let isReceiving = false;
    connection.addEventListener('connectionstatechange', () => {
      mark(`${connection.connectionState} ${isReceiving ? 'recv' : 'send'}`);
    });
    connection.addEventListener('track', ({ track, streams }) => {
      isReceiving = true;
      const received: ReceivedTrack = { from: streams[0]?.id ?? '', kind: track.kind, madeAt: wall() };
      probe.tracks.push(received);
      track.addEventListener('unmute', () => (received.packetAt ??= wall()));
      if (track.kind === 'video') pictures.set(track, received);
    });
  };
}
