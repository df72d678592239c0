import { homeOf } from './track-home.ts';

/** Plays the sound of others: one hidden element per track, each with its own place in the browser's mixer. */
export interface Playback {
  /** Plays exactly these, by key. */
  play(tracks: ReadonlyMap<string, MediaStreamTrack>): void;
  /** Throws where it is not there, or may not be used; what played goes on playing where it did. */
  setSpeaker(deviceId: string): Promise<void>;
  /** Calls it whenever the system has stopped an element that is to play, and gives how to play it again [PHONE-8]. */
  onStopped(stopped: Stopped): void;
  /** Those that the system has stopped are played again. */
  wake(): void;
  /** To be called in a gesture when the browser held sound back. */
  resume(): void;
  close(): void;
}

type Stopped = (element: HTMLAudioElement, again: () => void) => void;

export function createPlayback(blockedChanged: (blocked: boolean) => void): Playback {
  const elements = new Map<string, HTMLAudioElement>();
  const refused = new Set<HTMLAudioElement>();
  let speaker: string | undefined;
  let stopped: Stopped | undefined;

  const tell = () => blockedChanged(refused.size > 0);

  async function start(element: HTMLAudioElement): Promise<void> {
    try {
      await element.play();
      refused.delete(element);
    } catch (error) {
      // Anything else (an element taken away while it starts) is no matter of a gesture.
      if (isNamed(error, 'NotAllowedError') && element.isConnected) refused.add(element);
    }
    tell();
  }

  function add(key: string, track: MediaStreamTrack): void {
    const home = homeOf.get(track) ?? document;
    const element = home.createElement('audio');
    element.hidden = true;
    element.srcObject = new MediaStream([track]);
    if (speaker) void element.setSinkId(speaker).catch(() => undefined);
    element.onpause = () => elements.get(key) === element && stopped?.(element, () => playAgain(element));
    home.body.append(element);
    elements.set(key, element);
    void start(element);
  }

  function playAgain(element: HTMLAudioElement): void {
    if (element.isConnected && element.paused && !refused.has(element)) void start(element);
  }

  function remove(key: string, element: HTMLAudioElement): void {
    elements.delete(key);
    refused.delete(element);
    element.srcObject = null;
    element.remove();
    tell();
  }

  return {
    play(tracks) {
      for (const [key, element] of elements) if (!tracks.has(key)) remove(key, element);
      for (const [key, track] of tracks) if (!elements.has(key)) add(key, track);
    },
    async setSpeaker(deviceId) {
      speaker = deviceId;
      const all = [...elements.values()];
      const own = all.filter((element) => isUsual(deviceId) || element.ownerDocument === document);
      // A page that knows no devices plays where the system says; what plays there will be opened anew in ours, if it is there.
      if (own.length < all.length) own.push(document.createElement('audio'));
      await Promise.all(own.map((element) => element.setSinkId(deviceId)));
    },
    onStopped: (next) => (stopped = next),
    wake() {
      for (const element of elements.values()) playAgain(element);
    },
    resume() {
      for (const element of [...refused]) void start(element);
    },
    close() {
      for (const [key, element] of elements) remove(key, element);
    },
  };
}

/** Errors of another page are no instances of our classes. */
const isNamed = (error: unknown, name: string) =>
  typeof error === 'object' && error !== null && 'name' in error && error.name === name;

/** Where the system says. */
export const isUsual = (speaker = '') => speaker === '' || speaker === 'default';

/** Safari and Firefox on phones play where the system says. */
export const canChooseSpeaker = () =>
  typeof HTMLMediaElement !== 'undefined' && 'setSinkId' in HTMLMediaElement.prototype;
