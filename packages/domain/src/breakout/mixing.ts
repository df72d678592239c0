import { shuffled } from './seeded.ts';

/** Up to so many people all partitions are looked through (10,395 at most, six rooms of two), far more are ever tried only in part. */
const EXACT_PEOPLE = 12;
/** Nodes of the search tree: several times what twelve people need, a few milliseconds. */
const MOST_NODES = 400_000;
/** Looks over all pairs, each of which takes 300 people in 50 rooms some milliseconds. */
const PASSES = 4;

/** A row for each person: for each other how many reasons there are for the two not to be together. Symmetric, 0 with oneself. */
export type Apart = readonly Uint8Array[];

/**
 * [BREAK-7] A room (an index into `sizes`) for each person, with the least breaches found: the least there is for up to twelve
 * people; for more, no swap of two makes it better, or the passes are over.
 */
export function mix(apart: Apart, sizes: readonly number[], random: () => number): number[] {
  const improved = improve(deal(apart, sizes, random), apart, sizes.length);
  return apart.length <= EXACT_PEOPLE ? exact(improved, apart, sizes) : improved;
}

/** How many pairs are together that were not to be; a pair with two reasons is two. */
export function breachesOf(rooms: readonly number[], apart: Apart): number {
  const all = apart.map((row, person) => costs(row, rooms)[rooms[person]!] ?? 0);
  return all.reduce((sum, one) => sum + one, 0) / 2;
}

/** What a person would breach in each room; rooms that nobody is in may be left out. */
function costs(row: Uint8Array, rooms: readonly number[]): number[] {
  const cost: number[] = [];
  // Plain loops here and below: an iterator's objects take several times as long as the sums.
  for (let other = 0; other < row.length; other += 1) {
    const room = rooms[other]!;
    if (row[other]! > 0 && room >= 0) cost[room] = (cost[room] ?? 0) + row[other]!;
  }
  return cost;
}

/** Who is hardest to place first, each to where it breaches least: of equals where most room is left. */
function deal(apart: Apart, sizes: readonly number[], random: () => number): number[] {
  const left = [...sizes];
  const rooms: number[] = apart.map(() => -1);
  const hard = apart.map((row) => row.reduce((sum, weight) => sum + weight, 0));
  for (const person of shuffled([...apart.keys()], random).sort((a, b) => hard[b]! - hard[a]!)) {
    const cost = costs(apart[person]!, rooms);
    let best = -1;
    for (const [room, free] of left.entries()) {
      if (free === 0) continue;
      const differs = best < 0 ? -1 : (cost[room] ?? 0) - (cost[best] ?? 0);
      if (differs < 0 || (differs === 0 && free > left[best]!)) best = room;
    }
    rooms[person] = best;
    left[best]! -= 1;
  }
  return rooms;
}

/** Swaps two people for as long as that makes it better, some passes at most. */
function improve(dealt: readonly number[], apart: Apart, count: number): number[] {
  const rooms = [...dealt];
  /** For each person what they would breach in each room, kept true over the swaps. */
  const cost = apart.map((row) => {
    const known = costs(row, rooms);
    return Array.from({ length: count }, (_, room) => known[room] ?? 0);
  });
  for (let pass = 0, found = true; found && pass < PASSES; pass += 1) {
    found = false;
    for (const person of rooms.keys()) {
      const other = bestSwap(person, rooms, apart, cost);
      if (other === undefined) continue;
      swap(person, other, rooms, apart, cost);
      found = true;
    }
  }
  return rooms;
}

function bestSwap(
  person: number,
  rooms: readonly number[],
  apart: Apart,
  cost: number[][],
): number | undefined {
  const here = rooms[person]!;
  const own = cost[person]!;
  if (own[here] === 0) return undefined;
  let [best, least]: [number | undefined, number] = [undefined, 0];
  for (let other = 0; other < rooms.length; other += 1) {
    const there = rooms[other]!;
    if (there === here) continue;
    const theirs = cost[other]!;
    // Each no longer meets the other where it goes.
    const met = 2 * apart[person]![other]!;
    const change = own[there]! - own[here]! + theirs[here]! - theirs[there]! - met;
    if (change < least) [best, least] = [other, change];
  }
  return best;
}

function swap(one: number, other: number, rooms: number[], apart: Apart, cost: number[][]): void {
  const [here, there] = [rooms[one]!, rooms[other]!];
  [rooms[one], rooms[other]] = [there, here];
  for (let person = 0; person < cost.length; person += 1) {
    const row = cost[person]!;
    const change = apart[one]![person]! - apart[other]![person]!;
    row[here]! -= change;
    row[there]! += change;
  }
}

/** Looks through all partitions, leaving out those that cannot become better than the best so far. */
function exact(start: readonly number[], apart: Apart, sizes: readonly number[]): number[] {
  let best = [...start];
  let least = breachesOf(start, apart);
  const rooms: number[] = apart.map(() => -1);
  const left = [...sizes];
  let nodes = 0;
  const place = (person: number, breached: number): void => {
    if (breached >= least || nodes > MOST_NODES) return;
    if (person === apart.length) {
      [best, least] = [[...rooms], breached];
      return;
    }
    const cost = costs(apart[person]!, rooms);
    const tried = new Set<number>();
    for (const [room, free] of left.entries()) {
      // Of rooms that are empty and alike one stands for all.
      const isEmpty = free === sizes[room];
      if (free === 0 || (isEmpty && tried.has(free))) continue;
      if (isEmpty) tried.add(free);
      nodes += 1;
      rooms[person] = room;
      left[room]! -= 1;
      place(person + 1, breached + (cost[room] ?? 0));
      left[room]! += 1;
      rooms[person] = -1;
    }
  };
  place(0, 0);
  return best;
}
