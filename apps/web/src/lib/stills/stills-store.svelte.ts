import {
  LOOK_EVERY_MS,
  LOOK_SELDOM_MS,
  needsStills,
  screenForm,
  type LineLimits,
  type ScreenForm,
} from '@relais/domain';
import type { LiveState, ParticipantId } from '@relais/protocol';
import type { HubClient } from '../hub/hub-client.ts';
import type { StillPicture, StillsView } from '../meeting/view-model.ts';
import type { PulledStill, StillPuller } from './still-puller.ts';
import type * as StillWork from './still-work.ts';

type Work = typeof StillWork;

export interface StillsStoreDeps {
  hub: HubClient;
  self: () => ParticipantId | undefined;
  /** Undefined while one is not in the meeting. */
  live: () => LiveState | undefined;
  limits: () => LineLimits;
  /** The screen that this browser shares. */
  screen: () => MediaStreamTrack | undefined;
  /** Fetches the code; called again for a new try. */
  load: () => Promise<Work>;
}

/** Milliseconds before the code is asked for again. */
const LOAD_AGAIN = 10_000;

/** Still images of shared screens: brings those that are shown, and makes those of one's own screen [STILL-1] [STILL-3]. */
export class StillsStore implements StillsView {
  #picture = $state.raw<(StillPicture & { participantId: ParticipantId }) | undefined>();
  #shown: ParticipantId | undefined;
  #work: Work | undefined;
  #isLoading = false;
  #puller: StillPuller | undefined;
  #making: { track: MediaStreamTrack; close(): void } | undefined;
  readonly #deps: StillsStoreDeps;

  constructor(deps: StillsStoreDeps) {
    this.#deps = deps;
  }

  form(participantId: ParticipantId): ScreenForm {
    return screenForm(this.#deps.limits(), this.#deps.live() ?? {}, participantId);
  }

  picture(participantId: ParticipantId): StillPicture | undefined {
    return this.#picture?.participantId === participantId ? this.#picture : undefined;
  }

  show(participantId: ParticipantId | undefined): void {
    this.#shown = participantId;
    this.look();
  }

  /** Something has changed of what is shared, of who is in light mode, or of the line. */
  look(): void {
    const isBringing = this.#wanted() !== undefined;
    const track = this.#trackToMake();
    if ((isBringing || track) && !this.#work) return this.#load();
    if (this.#work && (isBringing || this.#puller)) this.#bring(this.#work);
    if (this.#making && this.#making.track !== track) this.#stopMaking();
    if (this.#work && track && !this.#making) this.#make(this.#work, track);
  }

  close(): void {
    this.#puller?.close();
    this.#stopMaking();
    this.#forget();
  }

  #wanted() {
    const live = this.#deps.live();
    const participantId = this.#shown;
    if (!live || !participantId || this.form(participantId) !== 'stills') return undefined;
    const still = live[participantId]?.still;
    return still && { participantId, still };
  }

  #trackToMake(): MediaStreamTrack | undefined {
    const live = this.#deps.live();
    const self = this.#deps.self();
    return live && self && needsStills(live, self) ? this.#deps.screen() : undefined;
  }

  #bring(work: Work): void {
    const { hub } = this.#deps;
    const whole = (still: PulledStill) => this.#show(still);
    this.#puller ??= work.createStillPuller({ hub, whole, now: () => performance.now() });
    this.#puller.want(this.#wanted());
    // The image of a screen that is no longer shared, or that moves again, is not kept.
    if (this.#picture && this.#picture.participantId !== this.#wanted()?.participantId) this.#forget();
  }

  #make(work: Work, track: MediaStreamTrack): void {
    const { hub, live, self, limits } = this.#deps;
    const isThin = () => limits().ownTopLayer === 0;
    const watch = work.watchScreen(track, isThin);
    const sender = work.createStillSender({
      hub,
      look: () => watch.look(),
      told: () => live()?.[self() ?? '']?.still?.stillId,
      everyMs: () => (isThin() ? LOOK_SELDOM_MS : LOOK_EVERY_MS),
      now: () => performance.now(),
    });
    this.#making = {
      track,
      close() {
        sender.close();
        watch.close();
      },
    };
  }

  #stopMaking(): void {
    this.#making?.close();
    this.#making = undefined;
  }

  #show({ participantId, still, type, content }: PulledStill): void {
    const before = this.#picture;
    this.#picture = { participantId, url: URL.createObjectURL(new Blob([content], { type })), at: still.at };
    if (before) URL.revokeObjectURL(before.url);
  }

  #forget(): void {
    if (this.#picture) URL.revokeObjectURL(this.#picture.url);
    this.#picture = undefined;
  }

  #load(): void {
    if (this.#isLoading) return;
    this.#isLoading = true;
    this.#deps.load().then(
      (work) => {
        this.#work = work;
        this.look();
      },
      () => setTimeout(() => ((this.#isLoading = false), this.look()), LOAD_AGAIN),
    );
  }
}
