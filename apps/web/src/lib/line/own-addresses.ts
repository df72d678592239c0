/** Milliseconds that a browser may take for the first of its addresses; a few are usual. */
const FIRST_MS = 400;
/** The others come in the same breath, unless the computer is busy. */
const OTHERS_MS = 40;
/** Milliseconds that it may take to say that there are no more; a tenth of a second is usual. */
const ALL_MS = 1000;

/** `isEnough`: all of them are waited for, unless one of them is. */
export type AskAddresses = (isEnough?: (address: string) => boolean) => Promise<readonly string[]>;

/**
 * The addresses of this device as they are now. A page that has connections already is told of others one to two seconds after
 * a change (measured on Linux: Chromium waits so long for further ones); a page that asks for the first time is told at
 * once (measured: 4 to 9 ms), so an empty page within ours is made to ask.
 */
export const ownAddresses: AskAddresses = async (isEnough) => {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  document.body.append(frame);
  try {
    return await addressesIn(frame, isEnough);
  } finally {
    frame.remove();
  }
};

async function addressesIn(
  { contentWindow }: HTMLIFrameElement,
  isEnough: Parameters<AskAddresses>[0],
): Promise<string[]> {
  const Connection = (contentWindow as (Window & Partial<typeof globalThis>) | null)?.RTCPeerConnection;
  if (!Connection) return [];
  const connection = new Connection();
  const addresses = new Set<string>();
  try {
    const [first, last] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    connection.addEventListener('icecandidate', ({ candidate }) => {
      const address = candidate?.address;
      if (address) addresses.add(address);
      first.resolve();
      if (!candidate || (address && isEnough?.(address))) last.resolve();
    });
    connection.createDataChannel('addresses');
    await connection.setLocalDescription();
    const together = Promise.race([first.promise, pause(FIRST_MS)]).then(() => pause(OTHERS_MS));
    await Promise.race([last.promise, isEnough ? pause(ALL_MS) : together]);
    return [...addresses];
  } finally {
    connection.close();
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
