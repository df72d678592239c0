import type { Fact, Help, ParticipantId } from '@relais/protocol';
import type { HubClient } from '../hub/hub-client.ts';
import type { HelpView } from '../meeting/view-model.ts';

/** What is suggested to this person, and what this person may suggest to others [ROLE-3]. */
export class HelpStore implements HelpView {
  #offered = $state.raw<Fact<'helpOffered'>>();
  #telephone = $state.raw<string>();
  readonly #deps: { hub: HubClient; mayOffer: () => boolean };

  constructor(deps: { hub: HubClient; mayOffer: () => boolean }) {
    this.#deps = deps;
  }

  get offered() {
    return this.#offered;
  }
  get telephone() {
    return this.#telephone;
  }
  get mayOffer() {
    return this.#deps.mayOffer();
  }

  helpOffered(fact: Fact<'helpOffered'>): void {
    this.#offered = fact;
  }

  telephoneIs(number: string | undefined): void {
    this.#telephone = number;
  }

  dismiss(): void {
    this.#offered = undefined;
  }

  /** False: it could not be passed on; the person may be cut off. */
  async offer(participantId: ParticipantId, help: Help): Promise<boolean> {
    const answered = await this.#deps.hub.request('help:offer', { participantId, help });
    return answered.ok;
  }
}
