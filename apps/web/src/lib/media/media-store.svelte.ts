import type { LineLimits } from '@relais/domain';
import type { Closable, MediaSource, ParticipantId } from '@relais/protocol';
import type { DeviceNews, MediaView } from '../meeting/view-model.ts';
import { attempt } from '../storage.ts';
import { capture, type CaptureKind } from './capture.ts';
import type { MediaConnection } from './connection-health.ts';
import { deviceLists, NO_DEVICES, type DeviceLists } from './device-list.ts';
import { DeviceStore } from './device-store.svelte.ts';
import type { DevicesFollower } from './follow-devices.ts';
import { createLevelMeter, type LevelMeter } from './level-meter.ts';
import { canChooseSpeaker, createPlayback, isUsual, type Playback } from './playback.ts';
import type { Outgoing } from './producers.ts';
import { byUse, NOTHING_RECEIVED, pictureKey, type ReceivedTrack } from './received-tracks.ts';
import { canShareScreen, SharingStore } from './sharing-store.svelte.ts';

export interface MediaStoreDeps {
  self: () => ParticipantId | undefined;
  send: (source: MediaSource, outgoing: Outgoing | undefined) => void;
  show: (tiles: ReadonlyMap<ParticipantId, number>) => void;
  speakerChanged: () => void;
}

/** What is captured here, what is received from others, and how it is played. */
export class MediaStore implements MediaView {
  #lists = $state.raw<DeviceLists>(NO_DEVICES);
  #level = $state.raw(0);
  #connection = $state.raw<MediaConnection>('closed');
  #blocked = $state.raw(false);
  #cameraHeld = $state.raw(false);
  /** The camera was open, or asked for, when it was held: it opens again afterwards. */
  #cameraAfter = false;
  #speaker = $state.raw<string>();
  /** What the person chose; undefined: where the system says. */
  speakerWanted: string | undefined;
  #news = $state.raw<DeviceNews>();
  #following: Promise<unknown> | undefined;
  #follower: DevicesFollower | undefined;
  #isClosed = false;
  #received = $state.raw(NOTHING_RECEIVED);
  #meter: LevelMeter | undefined;
  #playback: Playback | undefined;
  readonly #deps: MediaStoreDeps;
  readonly microphone = this.#device('microphone');
  readonly camera = this.#device('camera');
  readonly #sharing = new SharingStore((_picture, sound) => {
    this.#sendScreen();
    this.#deps.send('screenAudio', sound && { track: sound, muted: false });
  });
  /** In light mode one's own screen leaves as still images alone [STILL-3]. */
  #screenHeld = false;
  readonly speaker: MediaView['speaker'];

  constructor(deps: MediaStoreDeps) {
    this.#deps = deps;
    this.speaker = this.#speakerView();
    if (typeof window === 'undefined') return;
    this.#playback = createPlayback((blocked) => (this.#blocked = blocked));
    this.#speaker = this.speakerWanted = remembered('speaker').load();
    if (this.#speaker) void this.#playback.setSpeaker(this.#speaker);
    navigator.mediaDevices?.addEventListener('devicechange', this.#refresh);
    this.#refresh();
  }

  /** Sound is played where the system says. */
  get isSpeakerUsual(): boolean {
    return isUsual(this.#speaker);
  }
  get level() {
    return this.#level;
  }
  get sharing() {
    return this.#sharing.state;
  }
  get sharingProblem() {
    return this.#sharing.problem;
  }
  get canShare() {
    return canShareScreen();
  }
  get connection() {
    return this.#connection;
  }
  /** The picture of the screen that one shares. */
  get ownScreen(): MediaStreamTrack | undefined {
    return this.#sharing.picture;
  }
  get cameraHeld() {
    return this.#cameraHeld;
  }
  /** It is open, or would be if it were not held. */
  get wantsCamera(): boolean {
    return this.#cameraHeld ? this.#cameraAfter : this.camera.state !== 'off';
  }
  get deviceNews() {
    return this.#news;
  }
  dismissDeviceNews(): void {
    this.#news = undefined;
  }
  get playbackBlocked() {
    return this.#blocked;
  }

  async openDevices(): Promise<void> {
    const { microphone, camera } = this;
    if (this.#cameraHeld) {
      this.#cameraAfter = true;
      return microphone.openWith(Promise.resolve(undefined));
    }
    if (microphone.state !== 'off' || camera.state !== 'off') {
      await Promise.all([microphone, camera].map((one) => one.openWith(Promise.resolve(undefined))));
      return;
    }
    const pick = (one: DeviceStore) => ({ deviceId: one.chosen, exact: false });
    // Refused together, each is asked for apart: one of them may be allowed, or there.
    const both = capture({ microphone: pick(microphone), camera: pick(camera) }).catch(() => undefined);
    await Promise.all([
      microphone.openWith(both.then((tracks) => tracks?.microphone)),
      camera.openWith(both.then((tracks) => tracks?.camera)),
    ]);
  }

  /** Once one is in a meeting: what becomes of devices by themselves from now on is seen to `after` that [PHONE-9, PHONE-10]. */
  follow(after: Promise<void>): void {
    const since = this.#lists;
    this.#following ??= after
      .then(() => import('./follow-devices.ts'))
      .then(
        ({ followDevices }) => {
          if (this.#isClosed) return;
          this.#follower = followDevices(this, this.#lists, this.#playback);
          // What was plugged in meanwhile.
          this.#follower.listed(since, this.#lists);
        },
        () => (this.#following = undefined),
      );
  }

  /** What the system has stopped is played, and measured, again [PHONE-8]. */
  wake(): void {
    this.#playback?.wake();
    this.#meter?.wake();
  }

  told(news: DeviceNews | undefined): void {
    this.#news = news;
  }

  /** From now on, without its being a choice; '': where the system says. False: it could not be had. */
  async useSpeaker(deviceId: string): Promise<boolean> {
    try {
      await this.#playback?.setSpeaker(deviceId);
      this.#speaker = deviceId || undefined;
      this.#deps.speakerChanged();
      return true;
    } catch {
      return false;
    }
  }

  toggleSharing() {
    return this.#sharing.toggle();
  }

  resumePlayback(): void {
    this.#playback?.resume();
    this.#meter?.wake();
  }

  videoTrack(participantId: ParticipantId, source: 'camera' | 'screen'): MediaStreamTrack | undefined {
    if (participantId !== this.#deps.self())
      return this.#received.pictures.get(pictureKey(participantId, source));
    return source === 'camera' ? this.camera.track : this.#sharing.picture;
  }

  isStill(participantId: ParticipantId): boolean {
    return this.#received.still.has(participantId);
  }

  show(tiles: ReadonlyMap<ParticipantId, number>): void {
    this.#deps.show(tiles);
  }

  /** What the line gives up: while one's own camera is among it the camera is closed, and its light is out [LINE-1]. */
  limitsChanged({ ownCamera, screen }: Pick<LineLimits, 'ownCamera' | 'screen'>): void {
    const isScreenHeld = screen !== 'video';
    if (this.#screenHeld !== isScreenHeld) {
      this.#screenHeld = isScreenHeld;
      if (this.ownScreen) this.#sendScreen();
    }
    if (this.#cameraHeld === !ownCamera) return;
    this.#cameraHeld = !ownCamera;
    if (!ownCamera) {
      this.#cameraAfter = this.camera.state !== 'off';
      this.camera.turnOff();
    } else if (this.#cameraAfter) void this.camera.openWith(Promise.resolve(undefined));
  }

  /** [FLOOR-1] Closed by who runs the meeting; it is the person's own to open again. */
  shut(source: Closable): void {
    const { microphone } = this;
    if (source === 'screen') return this.#sharing.stop();
    if (source === 'microphone') {
      if (microphone.state === 'on' || microphone.state === 'starting') void microphone.toggle();
      return;
    }
    // Held for the line it is closed already, and would open by itself.
    this.#cameraAfter = false;
    this.camera.turnOff();
  }

  connectionChanged(connection: MediaConnection): void {
    this.#connection = connection;
  }

  received(tracks: readonly ReceivedTrack[]): void {
    this.#received = byUse(tracks);
    this.#playback?.play(this.#received.sounds);
  }

  /** Lets go of every device and of the sound of others. */
  close(): void {
    if (typeof window !== 'undefined')
      navigator.mediaDevices?.removeEventListener('devicechange', this.#refresh);
    this.#isClosed = true;
    this.#follower?.close();
    this.release();
    this.#playback?.close();
    this.#meter?.close();
    this.#meter = undefined;
  }

  /** Closes what is captured: lights go out. */
  release(): void {
    this.#cameraAfter = false;
    this.#sharing.stop();
    this.camera.turnOff();
    this.microphone.turnOff();
  }

  #device(kind: CaptureKind): DeviceStore {
    return new DeviceStore({
      kind,
      choices: () => (kind === 'microphone' ? this.#lists.audioinput : this.#lists.videoinput),
      refresh: () => this.#refresh(),
      remembered: remembered(kind),
      isHeld: () => kind === 'camera' && this.#cameraHeld,
      changed: (store) => this.#deviceChanged(kind, store),
    });
  }

  #sendScreen(): void {
    const track = this.ownScreen;
    this.#deps.send('screen', track && { track, muted: this.#screenHeld });
  }

  #deviceChanged(kind: CaptureKind, { track, muted }: DeviceStore): void {
    this.#deps.send(kind, track && { track, muted });
    if (kind !== 'microphone') return;
    if (!this.#meter && track) this.#meter = createLevelMeter((level) => (this.#level = level));
    this.#meter?.measure(muted ? undefined : track);
  }

  #speakerView(): MediaView['speaker'] {
    const choices = () => (canChooseSpeaker() ? this.#lists.audiooutput : []);
    const chosen = () => this.#speaker;
    const choose = async (deviceId: string) => {
      if (!(await this.useSpeaker(deviceId))) return;
      this.speakerWanted = deviceId;
      remembered('speaker').save(deviceId);
    };
    return {
      get choices() {
        return choices();
      },
      get chosen() {
        return chosen();
      },
      choose,
    };
  }

  #refresh = (): void => {
    void navigator.mediaDevices
      ?.enumerateDevices()
      .then((devices) => {
        const before = this.#lists;
        this.#lists = deviceLists(devices);
        this.#follower?.listed(before, this.#lists);
      })
      .catch(() => undefined);
  };
}

/** The device chosen last, on this computer. */
function remembered(kind: string) {
  const key = `relais:device:${kind}`;
  return {
    load: () => attempt(() => localStorage.getItem(key)) ?? undefined,
    save: (deviceId: string) => void attempt(() => localStorage.setItem(key, deviceId)),
  };
}
