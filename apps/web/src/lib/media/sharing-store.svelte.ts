import type { DeviceProblem } from '../meeting/view-model.ts';
import { sharingProblem } from './device-problem.ts';
import { SCREEN_CAPTURE } from './sending-options.ts';

/** A shared screen, with its sound where the browser gives it. */
export class SharingStore {
  #state = $state.raw<'off' | 'starting' | 'on'>('off');
  #problem = $state.raw<DeviceProblem>();
  #picture = $state.raw<MediaStreamTrack>();
  #sound: MediaStreamTrack | undefined;
  /** Each asking has a number: after a stop, or once there is another, what was chosen comes too late. */
  #asking = 0;
  readonly #changed: (picture: MediaStreamTrack | undefined, sound: MediaStreamTrack | undefined) => void;

  constructor(changed: (picture: MediaStreamTrack | undefined, sound: MediaStreamTrack | undefined) => void) {
    this.#changed = changed;
  }

  get state() {
    return this.#state;
  }
  get problem() {
    return this.#problem;
  }
  get picture() {
    return this.#picture;
  }

  async toggle(): Promise<void> {
    if (this.#state === 'on') this.stop();
    else if (this.#state === 'off') await this.#start();
  }

  stop(): void {
    this.#asking += 1;
    for (const track of [this.#picture, this.#sound]) {
      if (!track) continue;
      track.onended = null;
      track.stop();
    }
    this.#picture = undefined;
    this.#sound = undefined;
    this.#state = 'off';
    this.#changed(undefined, undefined);
  }

  async #start(): Promise<void> {
    this.#asking += 1;
    const mine = this.#asking;
    this.#state = 'starting';
    this.#problem = undefined;
    try {
      const stream = await navigator.mediaDevices.getDisplayMedia(SCREEN_CAPTURE);
      if (mine !== this.#asking) return stream.getTracks().forEach((track) => track.stop());
      this.#take(stream.getVideoTracks()[0], stream.getAudioTracks()[0]);
    } catch (error) {
      if (mine !== this.#asking) return;
      this.#state = 'off';
      this.#problem = sharingProblem(error, isSecureContext);
    }
  }

  #take(picture: MediaStreamTrack | undefined, sound: MediaStreamTrack | undefined): void {
    if (!picture) {
      sound?.stop();
      this.#state = 'off';
      return;
    }
    picture.contentHint = 'detail';
    if (sound) sound.contentHint = 'music';
    // The browser's own "stop sharing", or the window that was shared was closed.
    picture.onended = () => this.stop();
    this.#picture = picture;
    this.#sound = sound;
    this.#state = 'on';
    this.#changed(picture, sound);
  }
}

export const canShareScreen = () =>
  typeof navigator !== 'undefined' &&
  navigator.mediaDevices !== undefined &&
  'getDisplayMedia' in navigator.mediaDevices;
