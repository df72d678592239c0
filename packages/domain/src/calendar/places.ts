/** Somebody who has asked for a place. */
export interface Asked {
  id: string;
  state: 'confirmed' | 'waiting';
  /** Milliseconds since 1970: who asked first comes first. */
  at: number;
}

/** [CAL-4] What a new registration is: a place while there is one and nobody waits for it. */
export function placeFor(asked: readonly Asked[], capacity: number | null): Asked['state'] {
  if (capacity === null) return 'confirmed';
  const waits = asked.some(({ state }) => state === 'waiting');
  return !waits && confirmed(asked) < capacity ? 'confirmed' : 'waiting';
}

/** [CAL-4] Who has a place from now on: as many of those who wait as places are free, the first ones first. Nobody loses theirs. */
export function movedUp(asked: readonly Asked[], capacity: number | null): string[] {
  const waiting = asked
    .filter(({ state }) => state === 'waiting')
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const free = capacity === null ? waiting.length : Math.max(0, capacity - confirmed(asked));
  return waiting.slice(0, free).map(({ id }) => id);
}

const confirmed = (asked: readonly Asked[]) => asked.filter(({ state }) => state === 'confirmed').length;
