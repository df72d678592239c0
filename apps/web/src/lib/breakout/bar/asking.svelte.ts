import type { BreakoutAsk, Place } from '@relais/protocol';
import type { CallFailure } from '#lib/hub/call-failure.ts';
import type { BreakoutView } from '#lib/meeting/view-model.ts';

/**
 * What the room where one is asks of those who run the meeting, once [BREAK-11] [BREAK-17]. Whoever came after it was asked is
 * not shown the request: asking again is accepted, and then one knows.
 */
export class Asking {
  busy = $state(false);
  failure = $state.raw<CallFailure>();
  /** Where one's asking was accepted, until the request itself is shown. */
  #accepted = $state.raw<Place>();
  readonly #kind: BreakoutAsk['kind'];
  readonly #breakout: () => BreakoutView;
  readonly #here: () => Place;

  constructor(kind: BreakoutAsk['kind'], breakout: () => BreakoutView, here: () => Place) {
    this.#kind = kind;
    this.#breakout = breakout;
    this.#here = here;
  }

  get ask(): BreakoutAsk | undefined {
    const here = this.#here();
    return this.#breakout().breakout?.asks.find((ask) => ask.kind === this.#kind && ask.roomId === here);
  }

  /** It has been asked, by oneself or somebody else of the room. */
  get isAsked(): boolean {
    return this.ask !== undefined || this.#accepted === this.#here();
  }

  /** Whether it was accepted. */
  async send(reason?: string): Promise<boolean> {
    if (this.busy) return false;
    const here = this.#here();
    const done = await this.#request('breakout:ask', { kind: this.#kind, ...(reason && { reason }) });
    if (done && this.#here() === here) this.#accepted = here;
    return done;
  }

  async withdraw(): Promise<boolean> {
    const here = this.#here();
    if (this.busy || here === 'plenary') return false;
    const done = await this.#request('breakout:endAsk', { kind: this.#kind, roomId: here });
    if (done) this.#accepted = undefined;
    return done;
  }

  /** What was accepted is over: it was answered, or one is elsewhere. */
  over(): void {
    this.#accepted = undefined;
    this.failure = undefined;
  }

  async #request(...[name, payload]: Parameters<BreakoutView['request']>): Promise<boolean> {
    this.busy = true;
    this.failure = undefined;
    const here = this.#here();
    const result = await this.#breakout().request(name, payload);
    this.busy = false;
    // [BREAK-23] Of a room where one is no more, or of a round that is over, it says nothing here.
    if (!result.ok && this.#here() === here) this.failure = result.error;
    return result.ok;
  }
}
