/** Pixels from an edge of what scrolls within which it does so by itself. */
const EDGE = 48;
/** Milliseconds that one waits there first: who only passes on the way to a card scrolls nothing away from under the pointer. */
const WAIT_MS = 350;
/** Pixels a second at the edge itself, and milliseconds until it is that fast. */
const FASTEST = 640;
const RAMP_MS = 900;
/** Pixels that one has gone towards an edge: who was taken up beside it, and goes elsewhere, scrolls nothing. */
const TOWARDS = 12;
/** After a longer frame it goes no further than after this one. */
const LONGEST_FRAME_MS = 50;

/** [BREAK-26] What lies beyond an edge comes into sight while somebody is held there: after a moment, slowly, then faster. */
export class EdgeScroll {
  readonly #from: number;
  #direction = 0;
  #since = 0;
  #last: number | undefined;
  /** Parts of pixels, which a list may not scroll by. */
  #rest = 0;

  /** @param from where the pointer was when it took somebody up. */
  constructor(from: number) {
    this.#from = from;
  }

  /** Whole pixels by which the list is to scroll in the frame at `now`, in milliseconds. */
  step(y: number, box: { top: number; bottom: number }, now: number): number {
    const frame = Math.min(now - (this.#last ?? now), LONGEST_FRAME_MS);
    this.#last = now;
    const depth = depthAt(y, box);
    const direction = Math.sign(y - this.#from) === Math.sign(depth) ? Math.sign(depth) : 0;
    const isMeant = direction !== 0 && Math.abs(y - this.#from) >= TOWARDS;
    if (!isMeant || direction !== this.#direction) {
      [this.#direction, this.#since, this.#rest] = [isMeant ? direction : 0, now, 0];
      return 0;
    }
    const waited = now - this.#since - WAIT_MS;
    if (waited <= 0) return 0;
    const speed = FASTEST * Math.min(1, waited / RAMP_MS) * depth;
    this.#rest += (speed * frame) / 1000;
    const whole = Math.trunc(this.#rest);
    this.#rest -= whole;
    return whole;
  }
}

/** From -1 at the upper edge, or beyond, over 0 in the middle to 1 at the lower one. */
function depthAt(y: number, { top, bottom }: { top: number; bottom: number }): number {
  // Of what is low, half is left in which nothing scrolls.
  const edge = Math.min(EDGE, (bottom - top) / 4);
  if (y < top + edge) return -Math.min(1, (top + edge - y) / edge);
  if (y > bottom - edge) return Math.min(1, (y - bottom + edge) / edge);
  return 0;
}
