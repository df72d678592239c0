import type { DeviceChoice, DeviceNews } from '../meeting/view-model.ts';
import { speakerToUse } from './device-change.ts';
import { followDevice } from './device-follower.ts';
import type { DeviceLists } from './device-list.ts';
import type { DeviceStore } from './device-store.svelte.ts';
import { canChooseSpeaker, type Playback } from './playback.ts';
import { createStopped } from './sound-again.ts';

/** What of the media is followed. */
export interface FollowedMedia {
  readonly microphone: DeviceStore;
  readonly camera: DeviceStore;
  readonly speaker: { readonly chosen: string | undefined };
  /** What the person chose; undefined: where the system says. */
  readonly speakerWanted: string | undefined;
  /** '': where the system says. False: it could not be had. */
  useSpeaker(deviceId: string): Promise<boolean>;
  wake(): void;
  readonly deviceNews: DeviceNews | undefined;
  told(news: DeviceNews | undefined): void;
}

export interface DevicesFollower {
  /** Devices have come or gone, or have names now. */
  listed(before: DeviceLists, after: DeviceLists): void;
  close(): void;
}

/**
 * What a meeting needs of devices once one is in it: what comes and goes is followed, what the system takes is taken up again
 * [PHONE-8, PHONE-9, PHONE-10]. Fetched after what one came for.
 */
export function followDevices(
  media: FollowedMedia,
  lists: DeviceLists,
  playback: Pick<Playback, 'onStopped'> | undefined,
): DevicesFollower {
  playback?.onStopped(createStopped());
  const wake = () => media.wake();
  /** That it can be heard again is told to whom the contrary was told. */
  const tell = (news: DeviceNews) => {
    const isOver = news.what === 'resumed' && media.deviceNews?.what !== 'interrupted';
    media.told(isOver ? undefined : news);
  };
  const microphone = followDevice(media.microphone, 'microphone', tell);
  const camera = followDevice(media.camera, 'camera', tell);
  media.microphone.follow(microphone);
  media.camera.follow(camera);

  async function followSpeaker(before: readonly DeviceChoice[], after: readonly DeviceChoice[]) {
    if (!canChooseSpeaker()) return;
    const next = speakerToUse(media.speakerWanted, after);
    const used = media.speaker.chosen ?? '';
    if (next === undefined || next === used || !(await media.useSpeaker(next))) return;
    // What was only not known yet is no news.
    if (before.length === 0) return;
    const was = labelOf(before, used);
    if (next === '') tell({ device: 'speaker', what: 'gone', was, now: '' });
    else tell({ device: 'speaker', what: 'back', now: labelOf(after, next) });
  }

  const seen = () => {
    if (document.visibilityState !== 'visible') return;
    wake();
    void microphone.regain();
    void camera.regain();
  };
  document.addEventListener('visibilitychange', seen);
  navigator.mediaDevices?.addEventListener('devicechange', wake);

  void followSpeaker([], lists.audiooutput);

  return {
    listed(before, after) {
      void microphone.listChanged(before.audioinput, after.audioinput);
      void camera.listChanged(before.videoinput, after.videoinput);
      void followSpeaker(before.audiooutput, after.audiooutput);
    },
    close() {
      document.removeEventListener('visibilitychange', seen);
      navigator.mediaDevices?.removeEventListener('devicechange', wake);
      microphone.closed();
      camera.closed();
    },
  };
}

const labelOf = (choices: readonly DeviceChoice[], id: string) =>
  choices.find(({ deviceId }) => deviceId === id)?.label ?? '';
