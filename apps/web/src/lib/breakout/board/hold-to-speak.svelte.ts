import { backoff } from '@relais/kit';
import type { DeviceView } from '#lib/meeting/view-model.ts';

export interface HoldDeps {
  /** Asks the hub; false: it refused, or did not answer. */
  ask: (on: boolean) => Promise<boolean>;
  /** Whether everybody is told that one speaks to all, as the hub says. */
  isOn: () => boolean;
  microphone: Pick<DeviceView, 'state' | 'toggle'>;
  rest?: (ms: number) => Promise<void>;
}

/** How often the end is said that did not get through; the hub ends it by itself when the line falls, and after minutes. */
const END_TRIES = 6;

/**
 * Speaking to all rooms for as long as something is held [VOICE-4]: what is asked of the hub goes one after another, so that a
 * short press does not end before it begins; a microphone that was muted is open for the time.
 */
export class HoldToSpeak {
  #held = $state.raw(false);
  #failed = $state.raw(false);
  /** The microphone was opened for this. */
  #opened = false;
  #last: Promise<unknown> = Promise.resolve();
  readonly #deps: HoldDeps;

  constructor(deps: HoldDeps) {
    this.#deps = deps;
  }

  get held() {
    return this.#held;
  }
  /** The last time it was held nothing came of it. */
  get failed() {
    return this.#failed;
  }

  hold(): void {
    if (this.#held) return;
    this.#held = true;
    this.#failed = false;
    this.#openMicrophone();
    this.#then(() => this.#begin());
  }

  release(): void {
    if (!this.#held) return;
    this.#held = false;
    this.#closeMicrophone();
    this.#then(() => this.#end());
  }

  /** The hub has ended it: to go on, it is to be held anew. */
  ended(): void {
    if (!this.#held) return;
    this.#held = false;
    this.#closeMicrophone();
  }

  async #begin(): Promise<void> {
    // Let go of while the one before was under way.
    if (!this.#held) return;
    if (await this.#deps.ask(true)) return;
    this.#failed = true;
    this.ended();
  }

  async #end(): Promise<void> {
    const { ask, isOn, rest = pause } = this.#deps;
    for (let tries = 0; tries < END_TRIES && !this.#held; tries += 1) {
      if ((await ask(false)) || !isOn()) return;
      await rest(backoff(tries, Math.random()));
    }
  }

  #openMicrophone(): void {
    const { microphone } = this.#deps;
    if (microphone.state !== 'off' && microphone.state !== 'muted') return;
    this.#opened = true;
    void microphone.toggle();
  }

  /** As it was; who muted it meanwhile by themselves finds it so. */
  #closeMicrophone(): void {
    const { microphone } = this.#deps;
    if (this.#opened && (microphone.state === 'on' || microphone.state === 'starting'))
      void microphone.toggle();
    this.#opened = false;
  }

  #then(task: () => Promise<void>): void {
    this.#last = this.#last
      .then(task)
      .catch((error: unknown) => console.error('speaking to all rooms', error));
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
