import type { Transport } from 'mediasoup-client/types';
import { connectionOf } from './packet-time.ts';

/** How often ICE has been restarted on each connection. */
const restarts = new WeakMap<RTCPeerConnection, number>();

/**
 * To be called before each restart of ICE: from now on the node's candidates are told with a higher priority than before.
 * Chromium goes on with the way it has for as long as that seems to work, two and a half seconds after the last packet that
 * came over it, unless another one is better; equal ones are not. So what is found after a restart, which has been tried just
 * now, is better than what is from before it (measured: after a change of network the new way was there 0.2 s after the
 * restart, and taken 2 s later). Which of the node's candidates is preferred stays as it was.
 */
export function preferFresh(transport: Transport): void {
  const connection = connectionOf(transport);
  if (!connection) return;
  const before = restarts.get(connection);
  restarts.set(connection, (before ?? 0) + 1);
  if (before !== undefined) return;
  const original = connection.setRemoteDescription.bind(connection);
  connection.setRemoteDescription = (description: RTCSessionDescriptionInit) =>
    original({
      ...description,
      ...(description.sdp && { sdp: withRaised(description.sdp, restarts.get(connection) ?? 0) }),
    });
}

/** The description with every candidate's priority raised by so much. */
export function withRaised(sdp: string, by: number): string {
  return sdp.replace(
    /^(a=candidate:\S+ \d+ \S+) (\d+) /gm,
    (_line, head: string, priority: string) => `${head} ${Number(priority) + by} `,
  );
}
