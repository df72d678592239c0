/** How a node that is to stop waits for its people to have moved away. */
export class Drain {
  readonly #isEmpty: () => boolean;
  readonly #waiting = new Set<() => void>();
  #begun = false;

  constructor(isEmpty: () => boolean) {
    this.#isEmpty = isEmpty;
  }

  get begun(): boolean {
    return this.#begun;
  }

  begin(): void {
    this.#begun = true;
  }

  /** Resolves when nobody is left, at the latest after `withinMs`. */
  over(withinMs: number): Promise<void> {
    if (this.#isEmpty()) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, withinMs);
      this.#waiting.add(done);
    });
  }

  /** To be called whenever somebody has left. */
  look(): void {
    if (this.#waiting.size === 0 || !this.#isEmpty()) return;
    for (const done of [...this.#waiting]) done();
  }
}
