/**
 * Addresses that are nobody's (RFC 5737 and 6666), under a name that no node has: without its password nothing can be sent there,
 * and nothing is (measured). The name is that of a restart to come, which makes them stay.
 */
const NOBODY = ['192.0.2.1', '100::1'].map(
  (address, index) => `candidate:nobody${index} 1 udp 2147483647 ${address} 9999 typ host ufrag nobody`,
);
/** Milliseconds after a restart: until then it has ways of its own that have not been tried. */
const LATER_MS = 1000;

/**
 * Has Chromium try every new way at once. It looks for one to try 21 times a second for as long as there is a way that it has tried
 * less than three times, and four times a second otherwise (measured: a way that is found is tried after 5 to 300 ms,
 * 50 in the middle, and with this after 3 to 64 ms): so it is given one that it cannot try. To be called after each restart, with
 * what the node was then described by.
 */
export function checkOften(connection: RTCPeerConnection, sdp: string): void {
  setTimeout(() => void add(connection, sdp), LATER_MS);
}

/** What is told for later makes what was told before be forgotten, so that is told again. */
async function add(connection: RTCPeerConnection, sdp: string): Promise<void> {
  const sdpMid = /^a=mid:(\S+)/m.exec(sdp)?.[1];
  if (sdpMid === undefined || connection.connectionState === 'closed') return;
  const section = sdp.split(/^(?=m=)/m)[1] ?? '';
  const own = [...section.matchAll(/^a=(candidate:\S.*?)\r?$/gm)].map(([, candidate]) => candidate!);
  const told = [...NOBODY, ...own.filter((one) => !NOBODY.includes(one))];
  // A browser that will not have one of them goes on as it is.
  await Promise.allSettled(told.map((candidate) => connection.addIceCandidate({ candidate, sdpMid })));
}
