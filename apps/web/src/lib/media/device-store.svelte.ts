import type { DeviceChoice, DeviceProblem, DeviceView } from '../meeting/view-model.ts';
import { capture, type CaptureKind, type Pick } from './capture.ts';
import { deviceProblem } from './device-problem.ts';

export interface DeviceStoreDeps {
  kind: CaptureKind;
  /** The devices of this kind; reactive. */
  choices: () => readonly DeviceChoice[];
  /** Names become known with the first permission, and a device may have come or gone. */
  refresh: () => void;
  /** The device chosen in a former meeting. */
  remembered: { load(): string | undefined; save(deviceId: string): void };
  /** It is not to open for now, whoever asks. */
  isHeld: () => boolean;
  /** After each change of the track or of its being muted. */
  changed: (store: DeviceStore) => void;
}

/** A microphone (which mutes) or a camera (which closes, so that its light goes out). */
export class DeviceStore implements DeviceView {
  #state = $state.raw<DeviceView['state']>('off');
  #problem = $state.raw<DeviceProblem>();
  #track = $state.raw<MediaStreamTrack>();
  #chosen = $state.raw<string>();
  /** Each opening has a number: a later one, and closing, make the former's track come too late. */
  #opening = 0;
  readonly #deps: DeviceStoreDeps;

  constructor(deps: DeviceStoreDeps) {
    this.#deps = deps;
    this.#chosen = deps.remembered.load();
  }

  get state() {
    return this.#state;
  }
  get problem() {
    return this.#problem;
  }
  get choices() {
    return this.#deps.choices();
  }
  get chosen() {
    return this.#chosen;
  }
  get track() {
    return this.#track;
  }
  get muted() {
    return this.#state === 'muted';
  }

  async toggle(): Promise<void> {
    if (this.#deps.isHeld()) return;
    switch (this.#state) {
      case 'off':
        return this.#open(false);
      case 'starting':
        return;
      case 'muted':
        return this.#setMuted(false);
      case 'on':
        return this.#deps.kind === 'microphone' ? this.#setMuted(true) : this.turnOff();
    }
  }

  /** While it is on, the new device takes the former's place in what is sent; otherwise it is for the next time. */
  async choose(deviceId: string): Promise<void> {
    this.#chosen = deviceId;
    this.#deps.remembered.save(deviceId);
    if (this.#state === 'on' || this.#state === 'muted') await this.#open(true);
  }

  /** Is being opened by somebody else, who gives the track, or nothing, and then it opens by itself. */
  async openWith(given: Promise<MediaStreamTrack | undefined>): Promise<void> {
    if (this.#state !== 'off') return;
    this.#opening += 1;
    const mine = this.#opening;
    this.#state = 'starting';
    this.#problem = undefined;
    const track = await given;
    if (mine !== this.#opening) return track?.stop();
    if (track) this.#take(track);
    else await this.#open(false);
  }

  turnOff(): void {
    this.#opening += 1;
    this.#drop();
    this.#become('off');
  }

  async #open(exact: boolean): Promise<void> {
    this.#opening += 1;
    const mine = this.#opening;
    const before = this.#track;
    // On or muted it stays while the device is changed, and may be muted meanwhile.
    if (this.#state === 'off') this.#state = 'starting';
    this.#problem = undefined;
    try {
      const track = await this.#capture(exact, () => mine === this.#opening);
      if (mine !== this.#opening) return track.stop();
      this.#take(track);
      before?.stop();
    } catch (error) {
      if (mine === this.#opening) this.#fail(error);
    }
  }

  /** Some systems open a device for one track only: then the former is let go first. */
  async #capture(exact: boolean, isCurrent: () => boolean): Promise<MediaStreamTrack> {
    const { kind } = this.#deps;
    const picks = { [kind]: { deviceId: this.#chosen, exact } } as Record<CaptureKind, Pick>;
    try {
      return (await capture(picks))[kind];
    } catch (error) {
      if (!isCurrent() || !this.#track || deviceProblem(error, isSecureContext) !== 'busy') throw error;
      this.#drop();
      return (await capture(picks))[kind];
    }
  }

  /** As things stand now: who has muted while the browser was opening it is not heard. */
  #take(track: MediaStreamTrack): void {
    const state = this.#state === 'muted' ? 'muted' : 'on';
    if (this.#track) this.#track.onended = null;
    track.onended = () => void this.#lost(track);
    track.enabled = state === 'on';
    this.#track = track;
    this.#chosen = track.getSettings().deviceId ?? this.#chosen;
    this.#become(state);
    this.#deps.refresh();
  }

  /** Unplugged, or taken away by the system: another one takes its place, if there is one. */
  async #lost(track: MediaStreamTrack): Promise<void> {
    if (track !== this.#track) return;
    this.#drop();
    this.#chosen = undefined;
    this.#deps.refresh();
    await this.#open(false);
  }

  #fail(error: unknown): void {
    this.#problem = deviceProblem(error, isSecureContext);
    // A device that could not be changed leaves the former in use.
    if (this.#track?.readyState === 'live') {
      this.#chosen = this.#track.getSettings().deviceId ?? this.#chosen;
      return;
    }
    this.#drop();
    this.#become('off');
  }

  #setMuted(muted: boolean): void {
    // At once, before the hub and the sender are told: from here on nothing is heard.
    if (this.#track) this.#track.enabled = !muted;
    this.#become(muted ? 'muted' : 'on');
  }

  #drop(): void {
    if (!this.#track) return;
    this.#track.onended = null;
    this.#track.stop();
    this.#track = undefined;
  }

  #become(state: DeviceView['state']): void {
    this.#state = state;
    this.#deps.changed(this);
  }
}
