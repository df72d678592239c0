import type { ParticipantId } from '@relais/protocol';
import type { BreakoutView } from '#lib/meeting/view-model.ts';

/** Milliseconds after which what was told is no longer so: it is told again every two seconds, and may be lost once. */
const FORGOTTEN_MS = 3000;

/** [VOICE-5] Who is heard in the places where one is not, as the hub tells who runs the meeting. */
export class HeardElsewhere {
  #ids = $state.raw<ReadonlySet<ParticipantId>>(new Set());
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #off: () => void;

  constructor(breakout: Pick<BreakoutView, 'onHeardElsewhere'>) {
    this.#off = breakout.onHeardElsewhere(({ participantIds }) => this.#told(participantIds));
  }

  get ids() {
    return this.#ids;
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#off();
  }

  #told(ids: readonly ParticipantId[]): void {
    clearTimeout(this.#timer);
    this.#ids = new Set(ids);
    if (ids.length > 0) this.#timer = setTimeout(() => (this.#ids = new Set()), FORGOTTEN_MS);
  }
}
