/** What a finger did, from where it was put down to where it was lifted, in CSS pixels. However slowly: hands differ. */
export interface Stroke {
  dx: number;
  dy: number;
}

/** Shorter is a touch that slipped. */
const FAR_ENOUGH = 48;
/** A stroke within 30 degrees of the horizontal: others scroll. */
const FLATNESS = 1.7;

/** How many pages a stroke turns: the next (1) comes when it goes to the left, as a sheet is turned. Pure. */
export function pagesTurned({ dx, dy }: Stroke): -1 | 0 | 1 {
  const isStroke = Math.abs(dx) >= FAR_ENOUGH && Math.abs(dx) >= Math.abs(dy) * FLATNESS;
  if (!isStroke) return 0;
  return dx < 0 ? 1 : -1;
}

/** Pages turned by a finger on this element. Its `touch-action` has to leave horizontal strokes to the page. */
export function swipes(turn: (pages: -1 | 1) => void): (element: HTMLElement) => () => void {
  return (element) => {
    let start: { id: number; x: number; y: number } | undefined;
    const stop = new AbortController();
    const { signal } = stop;
    const down = ({ pointerId, pointerType, isPrimary, clientX, clientY }: PointerEvent) => {
      // A second finger makes it a pinch.
      const isFirst = isPrimary && pointerType === 'touch';
      start = isFirst ? { id: pointerId, x: clientX, y: clientY } : undefined;
    };
    const up = ({ pointerId, clientX, clientY }: PointerEvent) => {
      if (start?.id !== pointerId) return;
      const pages = pagesTurned({ dx: clientX - start.x, dy: clientY - start.y });
      start = undefined;
      if (pages !== 0) turn(pages);
    };
    element.addEventListener('pointerdown', down, { signal });
    element.addEventListener('pointerup', up, { signal });
    element.addEventListener('pointercancel', () => (start = undefined), { signal });
    return () => stop.abort();
  };
}

/** Pages turned by a key: the arrows, where no field, choice or dialog has its own use for them. */
export function pagesOfKey({ key, altKey, ctrlKey, metaKey, shiftKey, target }: KeyboardEvent): -1 | 0 | 1 {
  if (altKey || ctrlKey || metaKey || shiftKey) return 0;
  const isTaken = target instanceof Element && target.closest('input, textarea, select, dialog, [popover]');
  if (isTaken) return 0;
  return key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
}
