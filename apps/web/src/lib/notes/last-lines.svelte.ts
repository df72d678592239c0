import type { NoteLine, Place } from '@relais/protocol';
import { backoff } from '@relais/kit';
import type { NotesLink } from './notes-store.svelte.ts';

/** [NOTE-8] The last line of each room's notes, for the board of who runs the meeting. Small: it brings no text of notes. */
export class LastLines {
  readonly #hub: NotesLink['hub'];
  #lines = $state.raw<ReadonlyMap<Place, NoteLine>>(new Map());
  #offs: (() => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isWatching = false;

  constructor(hub: NotesLink['hub']) {
    this.#hub = hub;
  }

  /** Undefined: nothing was noted there. */
  of(place: Place): NoteLine | undefined {
    return this.#lines.get(place);
  }

  /** To be called while one is in the meeting, and again after each return; the end of it is `close`. */
  watch(): void {
    if (!this.#isWatching)
      this.#offs.push(this.#hub.on('noteLinesChanged', ({ lines }) => this.#take(lines)));
    this.#isWatching = true;
    clearTimeout(this.#timer);
    void this.#ask(0);
  }

  close(): void {
    if (!this.#isWatching) return;
    this.#isWatching = false;
    clearTimeout(this.#timer);
    for (const off of this.#offs.splice(0)) off();
    void this.#hub.request('notes:watch', { on: false });
  }

  async #ask(failures: number): Promise<void> {
    const asked = await this.#hub.request('notes:watch', { on: true });
    if (!this.#isWatching) return;
    if (asked.ok) return this.#take(asked.value.lines);
    // Without a line `watch` is called again on the return.
    if (asked.error.kind === 'unavailable' || asked.error.kind === 'tooMany')
      this.#timer = setTimeout(() => void this.#ask(failures + 1), backoff(failures, Math.random()));
  }

  #take(lines: readonly NoteLine[]): void {
    const all = new Map(this.#lines);
    for (const line of lines) if (line.at >= (all.get(line.place)?.at ?? 0)) all.set(line.place, line);
    this.#lines = all;
  }
}
