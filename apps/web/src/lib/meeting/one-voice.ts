/** Milliseconds in which what is said at once is gathered: of two sentences a live region would keep the second alone. */
const GATHER_MS = 200;
/** Milliseconds after which a region that has just come is known to screen readers: what it holds before is not read. */
const FIRST_MS = 1000;
/** More sentences than that at once are heard by nobody. */
const MOST = 8;

/** What is said, in one breath each time, in the order in which it was said. */
export class OneVoice {
  readonly #put: (text: string) => void;
  #waiting: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #afterMs = FIRST_MS;

  constructor(put: (text: string) => void) {
    this.#put = put;
  }

  say(text: string): void {
    if (!text || this.#waiting.includes(text)) return;
    this.#waiting = [...this.#waiting, text].slice(-MOST);
    this.#timer ??= setTimeout(() => this.#speak(), this.#afterMs);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #speak(): void {
    this.#timer = undefined;
    this.#afterMs = GATHER_MS;
    this.#put(this.#waiting.join(' '));
    this.#waiting = [];
  }
}
