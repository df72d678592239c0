/** Who talks when, the same for everybody by the clock that all pages of a machine share. */
export interface Turns {
  /** Whose turn it is, by number, one after another and again from the beginning. */
  order: readonly number[];
  turnMs: number;
}

export interface Voice extends Turns {
  /** Which of them this one is; it also makes the voice's pitch. */
  index: number;
}

/** How somebody talks: in turns, always (all at once), or not at all. */
export type Talk = 'turns' | 'always' | 'never';

export interface VoiceControl {
  talk: Talk;
  /** A track of somebody's voice, by number. */
  createTrack(index: number): MediaStreamTrack;
}

declare global {
  interface Window {
    labVoice: VoiceControl;
  }
}

/** Whose turn it is at a time in milliseconds since 1970, and when the turn began. */
export function turnAt({ order, turnMs }: Turns, at: number): { index: number; began: number } {
  const number = Math.floor(at / turnMs);
  return { index: order[number % order.length]!, began: number * turnMs };
}

/**
 * To be run in the page before anything of its own: puts a voice in the place of what the microphone gives. It is like speech to
 * codecs: a pitch that moves, vowels as formants, four syllables a second with less than a tenth of a second between them, and
 * between turns the faint noise of a room, so that discontinuous transmission works as it would. Always the same.
 * Serialised into the page: it can use nothing from outside.
 */
export function installVoice(voice: Voice): void {
  const SYLLABLE_S = 0.25;
  const SYLLABLES = 12;
  const NOISE = 0.0006;
  const LOUDNESS = 0.25;
  /** First and second formants of a few vowels, in Hz. */
  const VOWELS = [
    [730, 1090],
    [270, 2290],
    [530, 1840],
    [300, 870],
    [660, 1720],
  ] as const;
  const control: VoiceControl = { talk: 'turns', createTrack };
  window.labVoice = control;
  let context: AudioContext | undefined;

  /** How strong a frequency is in a vowel: two resonances. */
  const formant = (hz: number, [first, second]: readonly [number, number]) =>
    1 / (1 + ((hz - first) / 120) ** 2) + 0.6 / (1 + ((hz - second) / 180) ** 2);

  function speech(context: AudioContext, index: number): AudioBuffer {
    const { sampleRate } = context;
    const perSyllable = Math.round(SYLLABLE_S * sampleRate);
    const buffer = context.createBuffer(1, perSyllable * SYLLABLES, sampleRate);
    const samples = buffer.getChannelData(0);
    const base = 110 + index * 17;
    for (let syllable = 0; syllable < SYLLABLES; syllable += 1) {
      const vowel = VOWELS[(syllable * 3 + index) % VOWELS.length]!;
      const pitch = base * (1 + 0.15 * Math.sin(syllable * 1.7));
      const harmonics = Array.from(
        { length: 22 },
        (_, i) => formant(pitch * (i + 1), vowel) / (1 + i * 0.15),
      );
      const whole = harmonics.reduce((a, b) => a + b, 0);
      for (let i = 0; i < perSyllable; i += 1) {
        const t = i / sampleRate;
        const envelope = Math.sin((Math.PI * i) / perSyllable) ** 0.6;
        let value = 0;
        for (let h = 0; h < harmonics.length; h += 1)
          value += harmonics[h]! * Math.sin(2 * Math.PI * pitch * (h + 1) * t * (1 + 0.02 * t));
        samples[syllable * perSyllable + i] = (LOUDNESS * envelope * value * 2) / whole;
      }
    }
    return buffer;
  }

  function noise(context: AudioContext): AudioBuffer {
    const buffer = context.createBuffer(1, context.sampleRate, context.sampleRate);
    const samples = buffer.getChannelData(0);
    let state = 1;
    for (let i = 0; i < samples.length; i += 1) {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      samples[i] = NOISE * (state / 2 ** 31 - 1);
    }
    return buffer;
  }

  const looped = (context: AudioContext, buffer: AudioBuffer, to: AudioNode) => {
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.loop = true;
    source.connect(to);
    source.start();
  };

  const isTalking = (index: number) => {
    if (control.talk !== 'turns') return control.talk === 'always';
    return voice.order[Math.floor(Date.now() / voice.turnMs) % voice.order.length] === index;
  };

  function createTrack(index: number): MediaStreamTrack {
    const shared = (context ??= new AudioContext({ sampleRate: 48_000 }));
    const out = shared.createMediaStreamDestination();
    const mouth = shared.createGain();
    mouth.gain.value = 0;
    mouth.connect(out);
    looped(shared, speech(shared, index), mouth);
    looped(shared, noise(shared), out);
    const speak = () => mouth.gain.setTargetAtTime(isTalking(index) ? 1 : 0, shared.currentTime, 0.01);
    setInterval(speak, 40);
    return out.stream.getAudioTracks()[0]!;
  }

  let made: MediaStreamTrack | undefined;
  const devices = navigator.mediaDevices;
  const original = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (constraints) => {
    const stream = await original(constraints);
    for (const track of stream.getAudioTracks()) {
      made ??= createTrack(voice.index);
      const settings = track.getSettings();
      const spoken = made.clone();
      spoken.getSettings = () => settings;
      stream.removeTrack(track);
      track.stop();
      stream.addTrack(spoken);
    }
    return stream;
  };
}
