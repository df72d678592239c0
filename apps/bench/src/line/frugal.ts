import { freshSilence, isSilent, nextSilence } from '@relais/domain';
import type { types as client } from 'mediasoup-client';
import { decibelsOf } from '../../../web/src/lib/media/level.ts';
import { createSilenceGate } from '../../../web/src/lib/media/silence-gate.ts';

/**
 * What apps/web does to a microphone that somebody on a thin line listens to (LINE-8; media/send-care.ts, packet-time.ts),
 * for those in a meeting who are not its page: bits per second at most, milliseconds in a packet.
 */
const RATES = { full: { maxBitrate: 40_000, ptime: 20 }, frugal: { maxBitrate: 12_000, ptime: 60 } } as const;

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

/** Milliseconds between two measures of a microphone, and of sound in one (1024 samples at 48 kHz are 21). */
const MEASURE_MS = 20;

/** The product's gate (LINE-10), hearing by other means: a page that is no build of the product has no worklets of it. */
export function spareSilence(microphone: MediaStreamTrack) {
  let producer: client.Producer | undefined;
  const gate = createSilenceGate(
    (track, tell) => Promise.resolve(hear(track, tell)),
    (copy, isStopped) => {
      const track = isStopped ? null : copy;
      if (producer?.track !== copy || producer.rtpSender?.track === track) return;
      producer.rtpSender?.replaceTrack(track).catch(() => undefined);
    },
  );
  return {
    of: (made: client.Producer) => (producer = made),
    async set(profile: keyof typeof RATES): Promise<void> {
      const track = profile === 'frugal' ? gate.of(microphone) : microphone;
      if (producer && producer.track !== track) await producer.replaceTrack({ track });
      if (profile === 'full') gate.close();
    },
  };
}

let context: AudioContext | undefined;

function hear(track: MediaStreamTrack, tell: (isSilent: boolean) => void): () => void {
  context ??= new AudioContext();
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const analyser = new AnalyserNode(context, { fftSize: 1024 });
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let silence = freshSilence(performance.now());
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    silence = nextSilence(silence, decibelsOf(samples), performance.now());
    tell(isSilent(silence));
  }, MEASURE_MS);
  return () => {
    clearInterval(timer);
    source.disconnect();
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
