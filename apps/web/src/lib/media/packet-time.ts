import type { Producer, Transport } from 'mediasoup-client/types';

/** Milliseconds of sound in one packet. */
export type PacketTime = 20 | 60;

const times = new WeakMap<RTCPeerConnection, Map<string, PacketTime>>();

/**
 * Changes how much sound is in one packet, and its bit/s at most, while it is being sent: 60 ms instead of 20 spare two of
 * three packets' headers. Both ends of the negotiation are here, so nothing is asked of the hub, and no listener notices more
 * than the sound itself. Chromium heeds `ptime` among the codec's parameters of the answer (measured: 50 packets a second,
 * then 17, and back); its `adaptivePtime` reaches 40 ms only, raises the rate by itself and does not go back. A browser
 * that heeds neither goes on with 20 ms.
 */
export async function setSoundRate(
  transport: Transport,
  producer: Producer,
  { packetTime, maxBitrate }: { packetTime: PacketTime; maxBitrate: number },
): Promise<void> {
  const connection = connectionOf(transport);
  const { mid } = producer.rtpParameters;
  if (connection && mid !== undefined) timesOf(connection).set(mid, packetTime);
  // Negotiates anew, in the transport's own turn.
  await producer.setRtpEncodingParameters({ maxBitrate });
}

/** mediasoup-client keeps its connection to itself; where another version hides it better, nothing is changed on it. */
export function connectionOf(transport: Transport): RTCPeerConnection | undefined {
  if (typeof RTCPeerConnection === 'undefined') return undefined;
  const connection: unknown = Reflect.get(transport.handler, '_pc');
  return connection instanceof RTCPeerConnection ? connection : undefined;
}

/** The times asked for on one connection: every answer that is given to it from now on carries them. */
function timesOf(connection: RTCPeerConnection): Map<string, PacketTime> {
  const known = times.get(connection);
  if (known) return known;
  const made = new Map<string, PacketTime>();
  times.set(connection, made);
  const original = connection.setRemoteDescription.bind(connection);
  connection.setRemoteDescription = (description: RTCSessionDescriptionInit) =>
    original({ ...description, ...(description.sdp && { sdp: withPacketTimes(description.sdp, made) }) });
  return made;
}

/** The description with these packet times for opus, by media section (MID). */
export function withPacketTimes(sdp: string, asked: ReadonlyMap<string, PacketTime>): string {
  return sdp
    .split(/^(?=m=)/m)
    .map((section) => {
      const time = asked.get(/^a=mid:(\S+)/m.exec(section)?.[1] ?? '');
      const payload = /^a=rtpmap:(\d+) opus\//m.exec(section)?.[1];
      return time === undefined || !payload ? section : withPacketTime(section, payload, time);
    })
    .join('');
}

function withPacketTime(section: string, payload: string, time: PacketTime): string {
  return section.replace(new RegExp(`^a=fmtp:${payload} (.*)$`, 'm'), (_line, given: string) => {
    const others = given
      .trim()
      .split(';')
      .filter((one) => !one.trim().startsWith('ptime='));
    return `a=fmtp:${payload} ${[...others, `ptime=${time}`].join(';')}`;
  });
}
