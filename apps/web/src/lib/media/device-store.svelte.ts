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

/** Sees to what becomes of a device by itself (device-follower.ts); fetched once one is in a meeting. */
export interface DeviceFollower {
  /** That track is in use from now on. */
  taken(track: MediaStreamTrack): void;
  /** It was taken away, and another is about to be asked for. */
  losing(wasMuted: boolean): void;
  /** That was asked for, with or without success; `label`: of what was taken away. */
  lost(label: string): void;
  /** By the person: nothing is to be had again. */
  closed(): void;
}

/** A microphone (which mutes) or a camera (which closes, so that its light goes out). */
export class DeviceStore implements DeviceView {
  #state = $state.raw<DeviceView['state']>('off');
  #problem = $state.raw<DeviceProblem>();
  #track = $state.raw<MediaStreamTrack>();
  /** In use, or to be used. */
  #chosen = $state.raw<string>();
  /** What the person chose; undefined: what the system has set. */
  #wanted: string | undefined;
  #interrupted = $state.raw(false);
  #follower: DeviceFollower | undefined;
  /** Each opening has a number: a later one, and closing, make the former's track come too late. */
  #opening = 0;
  readonly #deps: DeviceStoreDeps;

  constructor(deps: DeviceStoreDeps) {
    this.#deps = deps;
    this.#chosen = this.#wanted = deps.remembered.load();
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
    return this.#state === 'muted' || this.#interrupted;
  }
  get wanted() {
    return this.#wanted;
  }
  get interrupted() {
    return this.#interrupted;
  }

  follow(follower: DeviceFollower): void {
    this.#follower = follower;
    if (this.#track) follower.taken(this.#track);
  }

  /** The system has silenced it, or lets it sound again. */
  interrupt(isInterrupted: boolean): void {
    this.#interrupted = isInterrupted;
    this.#deps.changed(this);
  }

  /** Opens that one in the place of what is open, if anything; muted if it is now, or `muted` says so. */
  async reopen(pick: Pick, muted = false): Promise<void> {
    if (muted && this.#state === 'off') this.#state = 'muted';
    await this.#open(pick);
  }

  async toggle(): Promise<void> {
    if (this.#deps.isHeld()) return;
    switch (this.#state) {
      case 'off':
        this.#follower?.closed();
        return this.#open();
      // A shortcut pressed while the browser still opens it: the person knows what they want of it.
      case 'starting':
        return this.#deps.kind === 'microphone' ? this.#setMuted(true) : this.turnOff();
      case 'muted':
        return this.#setMuted(false);
      case 'on':
        return this.#deps.kind === 'microphone' ? this.#setMuted(true) : this.turnOff();
    }
  }

  /** While it is on, the new device takes the former's place in what is sent; otherwise it is for the next time. */
  async choose(deviceId: string): Promise<void> {
    this.#chosen = this.#wanted = deviceId;
    this.#deps.remembered.save(deviceId);
    if (this.#state === 'on' || this.#state === 'muted') await this.#open({ deviceId, exact: true });
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
    else await this.#open();
  }

  turnOff(): void {
    this.#opening += 1;
    this.#follower?.closed();
    this.#drop();
    this.#become('off');
  }

  async #open(pick: Pick = { deviceId: this.#chosen, exact: false }): Promise<void> {
    this.#opening += 1;
    const mine = this.#opening;
    const before = this.#track;
    // On or muted it stays while the device is changed, and may be muted meanwhile.
    if (this.#state === 'off') this.#state = 'starting';
    this.#problem = undefined;
    try {
      const track = await this.#capture(pick, () => mine === this.#opening);
      if (mine !== this.#opening) return track.stop();
      this.#take(track);
      before?.stop();
    } catch (error) {
      if (mine === this.#opening) this.#fail(error);
    }
  }

  /** Some systems open a device for one track only: then the former is let go first. */
  async #capture(pick: Pick, isCurrent: () => boolean): Promise<MediaStreamTrack> {
    const { kind } = this.#deps;
    const picks = { [kind]: pick } as Record<CaptureKind, Pick>;
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
    this.#forgetTrack();
    track.onended = () => void this.#lost(track);
    track.enabled = state === 'on';
    this.#track = track;
    this.#chosen = track.getSettings().deviceId ?? this.#chosen;
    this.#become(state);
    this.#follower?.taken(track);
    this.#deps.refresh();
  }

  /** Unplugged, or taken away by the system: another one takes its place, if there is one. */
  async #lost(track: MediaStreamTrack): Promise<void> {
    if (track !== this.#track) return;
    this.#follower?.losing(this.#state === 'muted');
    this.#drop();
    this.#chosen = this.#wanted;
    this.#deps.refresh();
    await this.#open();
    this.#follower?.lost(track.label);
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
    this.#become(muted ? 'muted' : this.#track ? 'on' : 'starting');
  }

  #drop(): void {
    this.#forgetTrack();
    this.#track?.stop();
    this.#track = undefined;
  }

  /** What becomes of it from now on is no matter. */
  #forgetTrack(): void {
    this.#interrupted = false;
    if (this.#track) this.#track.onended = this.#track.onmute = this.#track.onunmute = null;
  }

  #become(state: DeviceView['state']): void {
    this.#state = state;
    this.#deps.changed(this);
  }
}
