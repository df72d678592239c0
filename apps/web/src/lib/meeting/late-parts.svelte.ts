/** Milliseconds after which nothing more is awaited: nobody is here, or a picture does not come. */
const ALONE_MS = 1000;
const LATEST_MS = 10_000;

/**
 * When what nobody needs for the first picture may come over the line: after that picture. `firstPicture` is called with
 * every `playing` of a video; one's own does not count.
 */
export class LateParts {
  isTime = $state(false);

  /** Call inside of an effect: begins to wait, and gives how to stop. */
  wait(isAlone: boolean): () => void {
    const timer = setTimeout(() => this.now(), isAlone ? ALONE_MS : LATEST_MS);
    return () => clearTimeout(timer);
  }

  now(): void {
    this.isTime = true;
  }

  firstPicture({ target }: Event): void {
    if (target instanceof HTMLElement && !target.classList.contains('mirrored')) this.now();
  }
}
