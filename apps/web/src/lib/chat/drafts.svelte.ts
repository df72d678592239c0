import type { Place } from '@relais/protocol';

/** What is being written, by place: it waits while one is elsewhere, and is never posted where it was not written [BREAK-22]. */
export class Drafts {
  #texts = $state<Partial<Record<Place, string>>>({});
  readonly #where: () => Place;
  /** Of where one is. */
  readonly here: { text: string };

  constructor(where: () => Place) {
    this.#where = where;
    const texts = this.#texts;
    this.here = {
      get text() {
        return texts[where()] ?? '';
      },
      set text(text) {
        texts[where()] = text;
      },
    };
  }

  /** The one that was begun last elsewhere. */
  get elsewhere(): { place: Place; text: string } | undefined {
    const entries = Object.entries(this.#texts) as [Place, string][];
    const found = entries.findLast(([place, text]) => place !== this.#where() && text.trim() !== '');
    return found && { place: found[0], text: found[1] };
  }

  /** Goes on with it where one is, after what stands there. */
  take(): void {
    const { elsewhere } = this;
    if (!elsewhere) return;
    this.here.text = [this.here.text.trimEnd(), elsewhere.text].filter(Boolean).join('\n');
    this.drop();
  }

  drop(): void {
    const { elsewhere } = this;
    if (elsewhere) delete this.#texts[elsewhere.place];
  }
}
