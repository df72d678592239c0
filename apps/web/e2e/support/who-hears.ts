import { expect, type Page } from '@playwright/test';
import type { Person } from './person.ts';

/** Hertz of one's voice, by number: so far apart that none is a harmonic of another within what speech codecs keep. */
export const toneOf = (index: number): number => 500 + 190 * index;

/**
 * To be run in the page before anything of its own: a steady tone in the place of what the microphone gives, as loud as a
 * voice, and no camera. Serialised into the page: it can use nothing from outside.
 */
export function soundLike(hertz: number): void {
  const devices = navigator.mediaDevices;
  const original = devices.getUserMedia.bind(devices);
  let made: MediaStreamTrack | undefined;
  const make = () => {
    const context = new AudioContext();
    const [source, loudness] = [context.createOscillator(), context.createGain()];
    source.frequency.value = hertz;
    loudness.gain.value = 0.2;
    const out = context.createMediaStreamDestination();
    source.connect(loudness).connect(out);
    source.start();
    return out.stream.getAudioTracks()[0]!;
  };
  devices.getUserMedia = async (constraints) => {
    if (constraints?.video) throw new DOMException('no camera', 'NotFoundError');
    const stream = await original(constraints);
    for (const track of stream.getAudioTracks()) {
      const settings = track.getSettings();
      const tone = (made ??= make()).clone();
      tone.getSettings = () => settings;
      stream.removeTrack(track);
      track.stop();
      stream.addTrack(tone);
    }
    return stream;
  };
}

/** Which of these tones the page plays now: the spectrum of what its loudspeaker elements get, by name and frequency. */
export function heardTones(page: Page, tones: Readonly<Record<string, number>>): Promise<string[]> {
  return page.evaluate(async (of) => {
    /** Decibels of one bin: a tone of a fifth of full scale is about -20; what leaks from its neighbours is below -70. */
    const LOUD = -50;
    const holder = window as unknown as { toneContext?: AudioContext };
    const context = (holder.toneContext ??= new AudioContext());
    await context.resume();
    const homes = [...document.querySelectorAll('iframe')].flatMap(
      ({ contentDocument }) => contentDocument ?? [],
    );
    const playing = [document, ...homes]
      .flatMap((home) => [...home.querySelectorAll('audio')])
      .filter(({ paused, muted }) => !paused && !muted)
      .flatMap(({ srcObject }) => (srcObject as MediaStream | null)?.getAudioTracks() ?? [])
      .filter(({ readyState }) => readyState === 'live');
    const ears = playing.map((track) => {
      const source = context.createMediaStreamSource(new MediaStream([track]));
      const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
      source.connect(analyser);
      return { source, analyser };
    });
    await new Promise((resolve) => setTimeout(resolve, 400));
    const heard = new Set<string>();
    for (const { source, analyser } of ears) {
      const levels = new Float32Array(analyser.frequencyBinCount);
      analyser.getFloatFrequencyData(levels);
      const hertzPerBin = context.sampleRate / analyser.fftSize;
      for (const [name, hertz] of Object.entries(of)) {
        const bin = Math.round(hertz / hertzPerBin);
        if (Math.max(...levels.slice(bin - 2, bin + 3)) > LOUD) heard.add(name);
      }
      source.disconnect();
    }
    return [...heard].sort();
  }, tones);
}

/** Everybody hears exactly those who are in the same group, and these hear them; `also`: heard by all others, too. */
export async function expectHearing(
  groups: readonly (readonly Person[])[],
  tones: Readonly<Record<string, number>>,
  message: string,
  also?: Person,
): Promise<void> {
  const expected = (group: readonly Person[], person: Person) => {
    const heard = new Set([...group, ...(also ? [also] : [])]);
    heard.delete(person);
    return [...heard].map(({ name }) => name).sort();
  };
  await Promise.all(
    groups.flatMap((group) =>
      group.map((person) =>
        expect
          .poll(() => heardTones(person.page, tones), {
            message: `${message}: whom ${person.name} hears`,
            timeout: 45_000,
            intervals: [250],
          })
          .toEqual(expected(group, person)),
      ),
    ),
  );
}
