import { LOOK_EVERY_MS, LOOK_SELDOM_MS } from '@relais/domain';
import type { ParticipantId, Still } from '@relais/protocol';
import type { StillPicture } from '../meeting/view-model.ts';
import { watchScreen } from './look-at-screen.ts';
import { createStillPuller, type PulledStill, type StillPuller } from './still-puller.ts';
import { createStillSender } from './still-sender.ts';
import type { StillsStoreDeps } from './stills-store.svelte.ts';

export type OwnedPicture = StillPicture & { participantId: ParticipantId };

/** Makes and brings still images: fetched when the first is needed. */
export interface StillWork {
  /** What is to be brought, and of which screen images are to be made; undefined: none. */
  look(
    wanted: { participantId: ParticipantId; still: Still } | undefined,
    track: MediaStreamTrack | undefined,
  ): void;
  close(): void;
}

export function createStillWork(
  { hub, live, self, limits }: StillsStoreDeps,
  show: (picture: OwnedPicture | undefined) => void,
): StillWork {
  let puller: StillPuller | undefined;
  let making: { track: MediaStreamTrack; close(): void } | undefined;
  let picture: OwnedPicture | undefined;

  function make(track: MediaStreamTrack): void {
    const isThin = () => limits().ownTopLayer === 0;
    const watch = watchScreen(track, isThin);
    const sender = createStillSender({
      hub,
      look: () => watch.look(),
      told: () => live()?.[self() ?? '']?.still?.stillId,
      everyMs: () => (isThin() ? LOOK_SELDOM_MS : LOOK_EVERY_MS),
      now: () => performance.now(),
    });
    making = {
      track,
      close() {
        sender.close();
        watch.close();
      },
    };
  }

  function stopMaking(): void {
    making?.close();
    making = undefined;
  }

  function put(next: OwnedPicture | undefined): void {
    if (picture) URL.revokeObjectURL(picture.url);
    picture = next;
    show(next);
  }

  const whole = ({ participantId, still, type, content }: PulledStill) =>
    put({ participantId, url: URL.createObjectURL(new Blob([content], { type })), at: still.at });

  return {
    look(wanted, track) {
      if (wanted) puller ??= createStillPuller({ hub, whole, now: () => performance.now() });
      puller?.want(wanted);
      // The image of a screen that is no longer shared, or that moves again, is not kept.
      if (picture && picture.participantId !== wanted?.participantId) put(undefined);
      if (making?.track !== track) stopMaking();
      if (track && !making) make(track);
    },
    close() {
      puller?.close();
      stopMaking();
      put(undefined);
    },
  };
}
