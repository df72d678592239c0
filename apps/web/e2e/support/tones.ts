import type { Page } from '@playwright/test';

/** Gives the page a microphone that sounds as one pure tone, by which its person is known. Runs before anything of ours does. */
export function soundAs(hertz: number): void {
  const media = navigator.mediaDevices;
  const original = media.getUserMedia.bind(media);
  media.getUserMedia = async (constraints) => {
    const stream = await original(constraints);
    if (!constraints?.audio) return stream;
    const context = new AudioContext();
    const tone = new OscillatorNode(context, { frequency: hertz });
    const out = context.createMediaStreamDestination();
    tone.connect(new GainNode(context, { gain: 0.4 })).connect(out);
    tone.start();
    for (const track of stream.getAudioTracks()) {
      stream.removeTrack(track);
      track.stop();
    }
    for (const track of out.stream.getAudioTracks()) stream.addTrack(track);
    return stream;
  };
}

/**
 * Notes from now on, every 20 ms, which of these tones are in the sound that the page receives: by the spectrum of each track
 * that is received, so that it is known who is heard, not only that somebody is.
 */
export async function listenForTones(page: Page, tones: readonly number[]): Promise<void> {
  await page.evaluate((hertz) => {
    const context = new AudioContext();
    const ears = new Map<MediaStreamTrack, AnalyserNode>();
    const { collectedConnections } = window as unknown as { collectedConnections: RTCPeerConnection[] };
    const state = { heard: [] as number[], firstAt: {} as Record<number, number> };
    Object.assign(window, { tonesHeard: state });
    const look = () => {
      const tracks = collectedConnections
        .filter(({ connectionState }) => connectionState !== 'closed')
        .flatMap((one) => one.getTransceivers())
        .filter(({ currentDirection }) => currentDirection === 'recvonly' || currentDirection === 'sendrecv')
        .map(({ receiver }) => receiver.track)
        .filter(({ kind, readyState, muted }) => kind === 'audio' && readyState === 'live' && !muted);
      const now = new Set<number>();
      for (const track of tracks) {
        let ear = ears.get(track);
        if (!ear) {
          ear = new AnalyserNode(context, { fftSize: 2048, smoothingTimeConstant: 0 });
          context.createMediaStreamSource(new MediaStream([track])).connect(ear);
          ears.set(track, ear);
        }
        const spectrum = new Float32Array(ear.frequencyBinCount);
        ear.getFloatFrequencyData(spectrum);
        for (const tone of hertz) {
          const bin = Math.round((tone * ear.fftSize) / context.sampleRate);
          if (Math.max(...spectrum.slice(bin - 1, bin + 2)) > -45) now.add(tone);
        }
      }
      for (const tone of now) if (!state.heard.includes(tone)) state.firstAt[tone] = Date.now();
      state.heard = [...now].sort((one, other) => one - other);
      setTimeout(look, 20);
    };
    look();
  }, tones);
}

/** Whose tones are heard now, the lowest first. */
export function tonesHeard(page: Page): Promise<number[]> {
  return page.evaluate(() => (window as unknown as { tonesHeard: { heard: number[] } }).tonesHeard.heard);
}

/** When a tone was last begun to be heard, in milliseconds since 1970. */
export function toneBegan(page: Page, hertz: number): Promise<number | undefined> {
  return page.evaluate(
    (tone) =>
      (window as unknown as { tonesHeard: { firstAt: Record<number, number> } }).tonesHeard.firstAt[tone],
    hertz,
  );
}
