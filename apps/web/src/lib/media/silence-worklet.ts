/** Runs apart from the page, beside the sound: tells when a microphone falls silent, and when it is heard again. */
import { freshSilence, isSilent, nextSilence } from '@relais/domain/line/silence';
import { decibelsOf } from './level.ts';

/** What TypeScript's library leaves out of an AudioWorklet's world. */
declare const sampleRate: number;
declare const currentTime: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, made: new () => AudioWorkletProcessor): void;

/** Seconds of sound in one measure. */
const MEASURE_S = 0.01;
/** Seconds after which it is said again, so that the page knows that somebody is listening. */
const AGAIN_S = 0.5;

class SilenceProcessor extends AudioWorkletProcessor {
  readonly #samples = new Float32Array(Math.round(sampleRate * MEASURE_S));
  #filled = 0;
  #silence = freshSilence(currentTime * 1000);
  #told: boolean | undefined;
  #toldAt = 0;

  /** Always true: it ends with its node. */
  process([input]: Float32Array[][]): boolean {
    const quantum = input?.[0];
    if (quantum) for (const sample of quantum) this.#take(sample);
    return true;
  }

  #take(sample: number): void {
    this.#samples[this.#filled] = sample;
    this.#filled += 1;
    if (this.#filled < this.#samples.length) return;
    this.#filled = 0;
    this.#silence = nextSilence(this.#silence, decibelsOf(this.#samples), currentTime * 1000);
    const now = isSilent(this.#silence);
    if (now === this.#told && currentTime - this.#toldAt < AGAIN_S) return;
    this.#told = now;
    this.#toldAt = currentTime;
    this.port.postMessage(now);
  }
}

registerProcessor('silence', SilenceProcessor);
