import type { types as client } from 'mediasoup-client';

/**
 * What apps/web does to a microphone that somebody on a thin line listens to (LINE-8; media/send-care.ts, packet-time.ts),
 * for those in a meeting who are not its page: bits per second at most, milliseconds in a packet.
 */
const RATES = { full: { maxBitrate: 40_000, ptime: 20 }, frugal: { maxBitrate: 14_000, ptime: 60 } } as const;

/** Answers what changes the microphone's rate; to be called before it is produced. */
export function createSoundRate(transport: client.Transport) {
  let ptime: number = RATES.full.ptime;
  let producer: client.Producer | undefined;
  const connection = Reflect.get(transport.handler, '_pc') as RTCPeerConnection;
  const original = connection.setRemoteDescription.bind(connection);
  connection.setRemoteDescription = (description: RTCSessionDescriptionInit) =>
    original({ ...description, ...(description.sdp && { sdp: withPacketTime(description.sdp, ptime) }) });
  return {
    of: (microphone: client.Producer) => (producer = microphone),
    async set(profile: keyof typeof RATES): Promise<void> {
      const rate = RATES[profile];
      if (rate.ptime === ptime || !producer) return;
      ptime = rate.ptime;
      // Negotiates anew.
      await producer.setRtpEncodingParameters({ maxBitrate: rate.maxBitrate });
    },
  };
}

/** Chromium heeds `ptime` among the parameters of the codec in the answer. */
function withPacketTime(sdp: string, ptime: number): string {
  const payload = /^a=rtpmap:(\d+) opus\//m.exec(sdp)?.[1] ?? '';
  return sdp.replace(new RegExp(`^a=fmtp:${payload} (.*)$`, 'm'), (_line, given: string) => {
    const others = given.split(';').filter((one) => !one.trim().startsWith('ptime='));
    return `a=fmtp:${payload} ${[...others, `ptime=${ptime}`].join(';')}`;
  });
}
