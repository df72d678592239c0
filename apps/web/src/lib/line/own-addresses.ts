/** Milliseconds that a browser may take for the first of its addresses; a few are usual. */
const FIRST_MS = 400;
/** The others come in the same breath. */
const OTHERS_MS = 40;

/**
 * The addresses of this device as they are now. A page that has connections already is told of others one to two seconds after
 * a change (measured on Linux: Chromium waits so long for further ones); a page that asks for the first time is told at
 * once (measured: 4 to 9 ms), so an empty page within ours is made to ask.
 */
export async function ownAddresses(): Promise<string[]> {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  document.body.append(frame);
  try {
    return await addressesIn(frame);
  } finally {
    frame.remove();
  }
}

async function addressesIn({ contentWindow }: HTMLIFrameElement): Promise<string[]> {
  const Connection = (contentWindow as (Window & Partial<typeof globalThis>) | null)?.RTCPeerConnection;
  if (!Connection) return [];
  const connection = new Connection();
  const addresses = new Set<string>();
  try {
    const first = new Promise<void>((resolve) => {
      connection.addEventListener('icecandidate', ({ candidate }) => {
        if (candidate?.address) addresses.add(candidate.address);
        resolve();
      });
    });
    connection.createDataChannel('addresses');
    await connection.setLocalDescription();
    await Promise.race([first, pause(FIRST_MS)]);
    await pause(OTHERS_MS);
    return [...addresses];
  } finally {
    connection.close();
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
