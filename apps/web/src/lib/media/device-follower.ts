import type { DeviceChoice, DeviceNews } from '../meeting/view-model.ts';
import { deviceToTake } from './device-change.ts';
import type { DeviceFollower, DeviceStore } from './device-store.svelte.ts';

/** Milliseconds that a track may be silenced without being spoken of: changing a route takes a moment. */
const INTERRUPTED_MS = 1500;
/** Milliseconds before one that was taken away is asked for again; each time twice as long, up to the longest. */
const REGAIN_MS = 2000;
const LONGEST_REGAIN_MS = 30_000;

export interface FollowedDevice extends DeviceFollower {
  /** [PHONE-9] Devices have come or gone. */
  listChanged(before: readonly DeviceChoice[], after: readonly DeviceChoice[]): Promise<void>;
  /** [PHONE-10] Tries to have again what was taken away: the call may be over, or the page in sight again. */
  regain(): Promise<void>;
}

/** What becomes of a microphone or a camera by itself, seen to and said [PHONE-9, PHONE-10]. */
export function followDevice(
  store: DeviceStore,
  kind: 'microphone' | 'camera',
  tell: (news: DeviceNews) => void,
): FollowedDevice {
  /** It was taken away, and has not come back: muted or not, as it was. */
  let lostWhile: 'on' | 'muted' | undefined;
  let regaining: ReturnType<typeof setTimeout> | undefined;
  let attempts = 0;
  let silencing: ReturnType<typeof setTimeout> | undefined;

  function giveUp(): void {
    clearTimeout(regaining);
    lostWhile = undefined;
    attempts = 0;
  }

  function regainLater(): void {
    // Asking once more would ask the person.
    if (store.problem === 'refused' || store.problem === 'insecure') return giveUp();
    clearTimeout(regaining);
    const pause = Math.min(REGAIN_MS * 2 ** attempts, LONGEST_REGAIN_MS);
    attempts += 1;
    regaining = setTimeout(() => void regain(), pause);
  }

  async function regain(): Promise<void> {
    // Before the first asking has failed it is not off.
    if (!lostWhile || store.state !== 'off') return;
    clearTimeout(regaining);
    await store.reopen({ deviceId: store.wanted, exact: false }, lostWhile === 'muted');
    if (store.track) tell({ device: kind, what: 'back', now: store.track.label });
    else if (lostWhile) regainLater();
  }

  /** [PHONE-10] The system silences a track, or lets it sound again, without ending it. */
  function silenced(track: MediaStreamTrack): void {
    if (track !== store.track) return;
    clearTimeout(silencing);
    if (track.muted) silencing = setTimeout(() => interrupt(track, true), INTERRUPTED_MS);
    else interrupt(track, false);
  }

  function interrupt(track: MediaStreamTrack, isInterrupted: boolean): void {
    if (track !== store.track || store.interrupted === isInterrupted) return;
    store.interrupt(isInterrupted);
    if (kind === 'microphone')
      tell({ device: 'microphone', what: isInterrupted ? 'interrupted' : 'resumed' });
  }

  return {
    taken(track) {
      giveUp();
      clearTimeout(silencing);
      track.onmute = track.onunmute = () => silenced(track);
      if (track.muted) silenced(track);
    },
    losing(wasMuted) {
      lostWhile = wasMuted ? 'muted' : 'on';
    },
    lost(label) {
      const { track } = store;
      if (!track) regainLater();
      else if (track.label !== label) tell({ device: kind, what: 'gone', was: label, now: track.label });
    },
    closed() {
      giveUp();
      clearTimeout(silencing);
    },
    async listChanged(before, after) {
      if (lostWhile) return regain();
      const was = store.track;
      if (!was) return;
      const inUse = was.getSettings().deviceId;
      const taking = deviceToTake({ before, after, wanted: store.wanted, inUse });
      // Another camera is shown when the person says so; one that they chose is theirs again.
      if (!taking || (taking.why === 'plugged' && kind === 'camera')) return;
      await store.reopen({ deviceId: taking.deviceId, exact: true });
      if (store.track && store.track !== was)
        tell({ device: kind, what: taking.why, now: store.track.label });
    },
    regain,
  };
}
