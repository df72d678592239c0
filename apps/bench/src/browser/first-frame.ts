import type { Page } from 'playwright-core';

/** What the probe has seen, in milliseconds of the page's clock. */
export interface Seen {
  /** The last click on a button. */
  clicked: number;
  /** The first picture of somebody else's was handed to the screen. */
  frame: number;
}

interface Probe {
  clicked: number | undefined;
  frame: number | undefined;
}

declare global {
  interface Window {
    benchProbe: Probe;
    /** Of the page, be it made in a page within it. */
    benchConnection: ((connection: RTCPeerConnection) => void) | undefined;
  }
}

/**
 * Makes every document of the page note when a button was clicked, and when a frame of a track that came over a
 * peer connection was first presented by a <video> (`requestVideoFrameCallback`). It touches nothing of the page's
 * own, so that it is the same for any page.
 */
export async function watchFirstFrame(page: Page): Promise<void> {
  await page.addInitScript(install);
}

/** Rejects when no frame came within `timeoutMs`. */
export async function firstFrame(page: Page, timeoutMs: number): Promise<Seen> {
  await page.waitForFunction(() => window.benchProbe.frame !== undefined, undefined, {
    timeout: timeoutMs,
    polling: 50,
  });
  return page.evaluate(() => ({ clicked: window.benchProbe.clicked!, frame: window.benchProbe.frame! }));
}

/** Serialised into the page: it can use nothing from outside. */
function install(): void {
  const Original = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      window.parent.benchConnection?.(this);
    }
  };
  if (window.parent !== window) return;
  const probe: Probe = { clicked: undefined, frame: undefined };
  window.benchProbe = probe;
  const received = new WeakSet<MediaStreamTrack>();
  window.benchConnection = (connection) =>
    connection.addEventListener('track', ({ track }) => {
      received.add(track);
      look();
    });
  const watched = new WeakSet<HTMLVideoElement>();
  /** Looks at every frame of the page for a <video> that shows a received track. */
  const look = () => {
    for (const video of document.querySelectorAll('video')) {
      const stream = video.srcObject;
      if (watched.has(video) || !(stream instanceof MediaStream)) continue;
      if (!stream.getVideoTracks().some((track) => received.has(track))) continue;
      watched.add(video);
      video.requestVideoFrameCallback((now) => {
        probe.frame ??= now;
      });
    }
    if (probe.frame === undefined) requestAnimationFrame(look);
  };
  document.addEventListener(
    'click',
    (event) => {
      const isButton = event.target instanceof Element && event.target.closest('button') !== null;
      if (!isButton || probe.frame !== undefined) return;
      probe.clicked = event.timeStamp;
    },
    { capture: true },
  );
}
