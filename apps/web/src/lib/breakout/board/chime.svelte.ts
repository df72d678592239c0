import { attempt } from '#lib/storage.ts';

const KEY = 'relais.board.chime';
/** Hertz, and seconds from one to the next: two soft notes, going up. */
const NOTES = [523.25, 659.25];
const STEP_S = 0.14;
const LENGTH_S = 0.5;
const LOUDNESS = 0.06;

/** A soft sound for each request, that can be turned off; this browser remembers it. */
class Chime {
  isOn = $state(attempt(() => localStorage.getItem(KEY)) !== 'off');

  turn(isOn: boolean): void {
    this.isOn = isOn;
    attempt(() => localStorage.setItem(KEY, isOn ? 'on' : 'off'));
  }

  /** In vain where the browser does not let the page sound: what it tells stands written. */
  play(): void {
    if (!this.isOn || typeof AudioContext === 'undefined') return;
    const context = new AudioContext();
    const notes = NOTES.map((frequency, index) => note(context, frequency, index * STEP_S));
    notes.at(-1)?.addEventListener('ended', () => void context.close());
  }
}

function note(context: AudioContext, frequency: number, after: number): OscillatorNode {
  const [oscillator, gain] = [context.createOscillator(), context.createGain()];
  const at = context.currentTime + after;
  oscillator.frequency.value = frequency;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(LOUDNESS, at + 0.03);
  gain.gain.exponentialRampToValueAtTime(0.0001, at + LENGTH_S);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(at);
  oscillator.stop(at + LENGTH_S);
  return oscillator;
}

export const chime = new Chime();
