import { needsStills, screenForm, type LineLimits, type ScreenForm } from '@relais/domain';
import type { LiveState, ParticipantId } from '@relais/protocol';
import type { HubClient } from '../hub/hub-client.ts';
import type { StillPicture, StillsView } from '../meeting/view-model.ts';
import type * as StillCode from './still-work.ts';

export interface StillsStoreDeps {
  hub: HubClient;
  self: () => ParticipantId | undefined;
  /** Undefined while one is not in the meeting. */
  live: () => LiveState | undefined;
  limits: () => LineLimits;
  /** The screen that this browser shares. */
  screen: () => MediaStreamTrack | undefined;
  /** Fetches the code; called again for a new try. */
  load: () => Promise<typeof StillCode>;
}

/** Milliseconds before the code is asked for again. */
const LOAD_AGAIN = 10_000;

/** Still images of shared screens: which are to be brought, and made of one's own screen [STILL-1] [STILL-3]; still-work.ts does it. */
export class StillsStore implements StillsView {
  #picture = $state.raw<StillCode.OwnedPicture | undefined>();
  #shown: ParticipantId | undefined;
  #work: StillCode.StillWork | undefined;
  #isLoading = false;
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
    const wanted = this.#wanted();
    const track = this.#trackToMake();
    if (this.#work) this.#work.look(wanted, track);
    else if (wanted || track) this.#load();
  }

  close(): void {
    this.#work?.close();
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

  #load(): void {
    if (this.#isLoading) return;
    this.#isLoading = true;
    this.#deps.load().then(
      ({ createStillWork }) => {
        this.#work = createStillWork(this.#deps, (picture) => (this.#picture = picture));
        this.look();
      },
      () => setTimeout(() => ((this.#isLoading = false), this.look()), LOAD_AGAIN),
    );
  }
}
