import { NEARNESS, nearnessOf, type Nearness } from './deadline.ts';

/** What was last known of an end, to tell once of each thing that becomes of it. */
export interface EndKnown {
  /** Of which round and place. */
  where: string;
  end: number | null;
  /** The nearest that it has been. */
  nearness: Nearness;
}

export type EndNews = 'five' | 'one' | 'closing' | 'set' | 'added' | 'cut' | 'noEnd';

/** An end that is moved by less than that is none that somebody moved. Milliseconds. */
const SAME_MS = 1000;

/**
 * What is to be said of an end, once: nothing where one has just come (coming says it), nothing again after a line that fell or a
 * clock that was set anew, and of what passed meanwhile only the last [BREAK-20].
 */
export function watchEnd(
  before: EndKnown | undefined,
  { where, end }: { where: string; end: number | null },
  now: number,
): { known: EndKnown; news: EndNews | undefined } {
  const nearness = nearnessOf(end, now);
  const fresh = { where, end, nearness };
  if (before?.where !== where) return { known: fresh, news: undefined };
  if (!isSame(before.end, end)) return { known: fresh, news: movedBy(before.end, end, nearness) };
  if (NEARNESS.indexOf(nearness) <= NEARNESS.indexOf(before.nearness))
    return { known: before, news: undefined };
  return { known: { ...before, nearness }, news: nearness === 'far' ? undefined : nearness };
}

const isSame = (a: number | null, b: number | null) =>
  a === b || (a !== null && b !== null && Math.abs(a - b) < SAME_MS);

/** What begins to close is said to close, whatever it was to last. */
function movedBy(before: number | null, after: number | null, nearness: Nearness): EndNews {
  if (after === null) return 'noEnd';
  if (nearness === 'closing') return 'closing';
  if (before === null) return 'set';
  return after > before ? 'added' : 'cut';
}
