import { freshSilence, isSilent, nextSilence, type MicrophoneProfile } from '@relais/domain';
import type { types as client } from 'mediasoup-client';
import { decibelsOf } from '../../../web/src/lib/media/level.ts';
import { setSoundRate } from '../../../web/src/lib/media/packet-time.ts';
import { SOUND_RATES } from '../../../web/src/lib/media/send-care.ts';
import { createSilenceGate } from '../../../web/src/lib/media/silence-gate.ts';

/** Milliseconds between two measures of a microphone, and of sound in one (1024 samples at 48 kHz are 21). */
const MEASURE_MS = 20;

/** Milliseconds after which the product shuts what is silent: with the code that watches the line, after joining. */
const SHUT_AFTER_MS = 1500;

/**
 * What the product does to a microphone, also for somebody on a thin line who listens to it (LINE-8, LINE-10), with its own code; only
 * silence is heard by other means, for a page that is no build of the product has no worklets of it.
 */
export function createSparing(transport: client.Transport, microphone: MediaStreamTrack) {
  let producer: client.Producer | undefined;
  let current: MicrophoneProfile = 'full';
  const gate = createSilenceGate(
    (track, tell) => Promise.resolve(hear(track, tell)),
    (copy, isStopped) => {
      const track = isStopped ? null : copy;
      if (producer?.track !== copy || producer.rtpSender?.track === track) return;
      producer.rtpSender?.replaceTrack(track).catch(() => undefined);
    },
  );
  return {
    of(made: client.Producer): void {
      producer = made;
      setTimeout(() => {
        if (!made.closed) void made.replaceTrack({ track: gate.of(microphone, current === 'full') });
      }, SHUT_AFTER_MS);
    },
    async set(profile: MicrophoneProfile): Promise<void> {
      if (!producer || profile === current) return;
      current = profile;
      await setSoundRate(transport, producer, SOUND_RATES[profile]);
      gate.of(microphone, profile === 'full');
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
