/** Milliseconds before what the system has stopped is played again; each time twice as long, up to the longest. */
const AGAIN_MS = 300;
const LONGEST_MS = 10_000;
/** Milliseconds after which a stop is a new matter. */
const FORGOTTEN_MS = 60_000;

/**
 * [PHONE-8] Nobody pauses a meeting: a telephone call, another app or a headset that was unplugged did. It is played again, more
 * and more rarely for as long as the system objects.
 */
export function createStopped(): (element: object, again: () => void) => void {
  const stops = new WeakMap<object, { count: number; at: number }>();
  return (element, again) => {
    const before = stops.get(element);
    const isNew = !before || Date.now() - before.at > FORGOTTEN_MS;
    const count = isNew ? 0 : before.count + 1;
    stops.set(element, { count, at: Date.now() });
    setTimeout(again, Math.min(AGAIN_MS * 2 ** count, LONGEST_MS));
  };
}
