/** An empty page within ours, in which connections are bound to no address of the device [BACK-5]. */
export interface Home {
  readonly document: Document;
  /** What `make` makes of `RTCPeerConnection` is of that page. */
  readonly within: <T>(make: () => T) => T;
  close(): void;
}

/**
 * Where Chromium tells its pages late that the network is another one, two seconds and more after it: on computers. There alone it
 * cancels the echo of whatever page plays (measured on Linux: as well as that of our own). Telephones are told at once.
 */
const isToldLate = () =>
  /(Windows NT|Macintosh|X11; Linux).+Chrome\//.test(navigator.userAgent) &&
  // A tablet that asks for the pages of a computer says that it is one with Linux.
  !(navigator.maxTouchPoints && navigator.userAgent.includes('Linux'));

/** Milliseconds for which it stays: what was asked of a connection of a page that is gone, such as its statistics, is never answered. */
const LINGER_MS = 2000;

/**
 * A page that may use neither microphone nor camera is not told the device's addresses. Chromium then binds its connections to
 * none of them, as it does for whoever only listens, and the system takes the way that it has: on another network nothing has to be
 * gathered anew. Undefined where that would not help, or sound might not play there: before any gesture.
 */
export function openFreeHome(): Home | undefined {
  if (!isToldLate() || !navigator.userActivation?.hasBeenActive) return undefined;
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.allow = "microphone 'none'; camera 'none'";
  document.body.append(frame);
  const theirs = (frame.contentWindow as (Window & Partial<typeof globalThis>) | null)?.RTCPeerConnection;
  const home = frame.contentDocument;
  if (!theirs || !home) return void frame.remove();
  return {
    document: home,
    within: (make) => withConnection(theirs, make),
    close: () => void setTimeout(() => frame.remove(), LINGER_MS),
  };
}

/** mediasoup-client makes its connections of what our page has by that name. */
function withConnection<T>(theirs: typeof RTCPeerConnection, make: () => T): T {
  const ours = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = new Proxy(ours, {
    // Ours by its prototype, so that nobody has to tell them apart.
    construct: (_ours, given) => Reflect.construct(theirs, given, ours) as RTCPeerConnection,
  });
  try {
    return make();
  } finally {
    globalThis.RTCPeerConnection = ours;
  }
}
