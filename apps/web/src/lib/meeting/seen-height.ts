/** What is seen of the page while a keyboard lies over it: CSS pixels, `above` being what has been pushed out of sight. */
export interface Seen {
  height: number;
  above: number;
}

/** Bars of a browser come and go within this many pixels; a keyboard takes more. */
const KEYBOARD = 120;

/**
 * [PHONE-4] What a keyboard on the screen leaves of the page, where the browser lays it over the page and tells nobody but the
 * visual viewport (Safari; others give the page less height, app.html). Undefined: there is none, or somebody has magnified
 * the page. Pure.
 */
export function seenOf(
  viewport: { height: number; scale: number; offsetTop: number },
  pageHeight: number,
): Seen | undefined {
  const isMagnified = viewport.scale > 1.01;
  if (isMagnified || pageHeight - viewport.height < KEYBOARD) return undefined;
  return { height: Math.round(viewport.height), above: Math.round(viewport.offsetTop) };
}

/** Tells what is seen at each change, until the returned function is called. */
export function watchSeen(tell: (seen: Seen | undefined) => void): () => void {
  const viewport = window.visualViewport;
  if (!viewport) return () => undefined;
  const stop = new AbortController();
  const look = () => tell(seenOf(viewport, document.documentElement.clientHeight));
  for (const event of ['resize', 'scroll'] as const)
    viewport.addEventListener(event, look, { signal: stop.signal });
  look();
  return () => stop.abort();
}
