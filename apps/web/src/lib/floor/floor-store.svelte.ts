import type { Closable, Fact } from '@relais/protocol';
import type { FloorSaying, FloorView } from '../meeting/view-model.ts';

/** What who runs the meeting closes of one's own [FLOOR-1], and asks of one [FLOOR-3]. */
export class FloorStore implements FloorView {
  #sayings = $state.raw<readonly FloorSaying[]>([]);
  readonly #close: (source: Closable) => void;

  /** `close` shuts the device, which only its person opens again. */
  constructor(close: (source: Closable) => void) {
    this.#close = close;
  }

  get sayings() {
    return this.#sayings;
  }

  closed(fact: Fact<'sendingClosed'>): void {
    this.#close(fact.source);
    this.#say({ what: 'closed', ...fact });
  }

  invited({ from }: Fact<'invitedToSpeak'>): void {
    this.#say({ what: 'invited', from });
  }

  dismiss(saying: FloorSaying): void {
    this.#sayings = this.#sayings.filter((one) => one !== saying);
  }

  /** The last word of each kind counts: who was silenced is asked to speak, and no longer reads that they were. */
  #say(saying: FloorSaying): void {
    const topic = (one: FloorSaying) => (one.what === 'closed' ? one.source : 'microphone');
    this.#sayings = [...this.#sayings.filter((one) => topic(one) !== topic(saying)), saying];
  }
}
