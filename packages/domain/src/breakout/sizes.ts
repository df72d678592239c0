/** [BREAK-6] How many each of `rooms` rooms gets: they differ by one at most. */
export function evenSizes(people: number, rooms: number): number[] {
  const [least, more] = [Math.floor(people / rooms), people % rooms];
  return Array.from({ length: rooms }, (_, index) => least + (index < more ? 1 : 0));
}

/**
 * [BREAK-6] How many rooms of about `size` that takes: as many as bring them nearest to it, never so many that somebody
 * would be alone.
 */
export function roomsOfSize(people: number, size: number): number {
  return Math.max(1, Math.min(Math.round(people / size), Math.floor(people / 2)));
}
