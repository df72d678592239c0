/** On a thin line the next begins only after a rest of so many times what the last one took, in milliseconds within these. */
const REST = 2;
const REST_MS = { least: 500, most: 6000 };

/**
 * Fetches what may be needed later, in the order of the list: all at once on a line that bears it, else one after another with
 * rests, so that what is said meanwhile keeps the line. What does not come is fetched when it is asked for.
 */
export async function loadInTurn(
  loads: readonly (() => Promise<unknown>)[],
  {
    isThin,
    rest,
    signal,
  }: { isThin: () => boolean; rest: (ms: number) => Promise<void>; signal: AbortSignal },
): Promise<void> {
  for (const [index, load] of loads.entries()) {
    if (signal.aborted) return;
    if (!isThin()) {
      await Promise.allSettled(loads.slice(index).map((one) => one()));
      return;
    }
    const began = performance.now();
    await load().catch(() => undefined);
    const tookMs = performance.now() - began;
    await rest(Math.min(REST_MS.most, Math.max(REST_MS.least, tookMs * REST)));
  }
}
