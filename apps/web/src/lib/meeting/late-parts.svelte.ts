/** Milliseconds that what one came for may take: to find nobody there, to hear, to see. */
const MOST_MS = { nothing: 1000, sound: 3000, picture: 10_000 };
/** Milliseconds that a first picture has the line for itself, and those that may come with it. */
const SETTLE_MS = 1000;

/**
 * When what nobody needs for the first picture may come over the line: after that picture. `firstPicture` is called with
 * every `playing` of a video; one's own does not count.
 */
export class LateParts {
  isTime = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isSettling = false;

  /** Call inside of an effect: begins to wait, and gives how to stop. */
  wait(first: keyof typeof MOST_MS): () => void {
    this.#in(this.#isSettling ? SETTLE_MS : MOST_MS[first]);
    return () => clearTimeout(this.#timer);
  }

  now(): void {
    clearTimeout(this.#timer);
    this.isTime = true;
  }

  firstPicture({ target }: Event): void {
    if (this.#isSettling || !(target instanceof HTMLElement) || target.classList.contains('mirrored')) return;
    this.#isSettling = true;
    this.#in(SETTLE_MS);
  }

  #in(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.now(), ms);
  }
}
