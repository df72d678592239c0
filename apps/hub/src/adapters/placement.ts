import { createHash } from 'node:crypto';
import type { MediaNode, NodeId } from '@relais/protocol';

/** Two nodes that said that no pipe holds between them are not both given to one meeting for so long. */
const APART_MS = 30_000;
/** Until whom a node was given shows in its announcement: a second for the consumers, one for the announcement. */
const RECENT_MS = 2000;
/** What somebody who is alone at first is counted as, so that meetings which begin at once are spread. */
const LEAST_COST = 2;
/** Nodes whose shares of their capacity differ by no more than this are taken for equally loaded. */
const EVEN = 0.1;
/** Pictures on a screen; more are not received, however many people there are. */
const PICTURES = 9;

export interface Candidate {
  node: MediaNode;
  /** Consumers that it may carry, and those that it carries with what was placed on it lately; 0 when nobody knows. */
  capacity: number;
  consumers: number;
}

/**
 * The node for a newcomer, and how many consumers they are expected to cost it. Where a meeting is there is least to be
 * piped, so the node that has most of it comes first, for as long as its budget lasts; then one of the least loaded, the
 * same for one meeting on every hub: people of two hubs who come in at once, or whose node was lost, meet on one node.
 */
export function chooseNode(
  meetingId: string,
  candidates: readonly Candidate[],
  using: ReadonlyMap<NodeId, number>,
  apart: ApartNodes,
): { node: MediaNode; cost: number } | undefined {
  const together = leastApart(candidates, using, apart);
  const withRoom = together
    .map((candidate) => ({ ...candidate, cost: costOf(candidate.node.nodeId, using) }))
    .filter(
      ({ node, capacity, consumers, cost }) =>
        (using.get(node.nodeId) ?? 0) > 0 && consumers + cost <= capacity,
    );
  const most = best(withRoom, ({ node }) => -(using.get(node.nodeId) ?? 0));
  const chosen = most ?? preferred(meetingId, leastLoaded(together));
  return chosen && { node: chosen.node, cost: costOf(chosen.node.nodeId, using) };
}

function leastLoaded(candidates: readonly Candidate[]): Candidate[] {
  const loadOf = ({ consumers, capacity }: Candidate) => consumers / Math.max(1, capacity);
  const least = Math.min(...candidates.map(loadOf));
  return candidates.filter((candidate) => loadOf(candidate) <= least + EVEN);
}

/** Rendezvous hashing: each meeting has an order of its own in which it prefers nodes. */
function preferred(meetingId: string, candidates: readonly Candidate[]): Candidate | undefined {
  const rank = ({ node }: Candidate) =>
    createHash('sha1').update(`${meetingId} ${node.nodeId}`).digest().readUInt32BE();
  return best(candidates, rank);
}

/** Those from which the fewest people of the meeting cannot be reached: none, where that is possible. */
function leastApart(
  candidates: readonly Candidate[],
  using: ReadonlyMap<NodeId, number>,
  apart: ApartNodes,
): readonly Candidate[] {
  const cutOff = ({ node }: Candidate) =>
    [...using].reduce((sum, [nodeId, people]) => sum + (apart.has(node.nodeId, nodeId) ? people : 0), 0);
  const least = Math.min(...candidates.map(cutOff));
  return candidates.filter((candidate) => cutOff(candidate) === least);
}

/** What they will receive of everybody, and those on the same node of them: sound and picture each. */
function costOf(nodeId: NodeId, using: ReadonlyMap<NodeId, number>): number {
  const people = [...using.values()].reduce((sum, count) => sum + count, 0);
  const received = people + Math.min(people, PICTURES);
  return Math.max(LEAST_COST, received + 2 * (using.get(nodeId) ?? 0));
}

function best<T extends Candidate>(
  candidates: readonly T[],
  measure: (candidate: T) => number,
): T | undefined {
  let found: T | undefined;
  for (const candidate of candidates) {
    const difference = found ? measure(candidate) - measure(found) : -1;
    if (difference < 0) found = candidate;
  }
  return found;
}

/** Pairs of nodes between which no pipe holds. */
export class ApartNodes {
  readonly #until = new Map<string, number>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  note(one: NodeId, other: NodeId): void {
    for (const [pair, until] of this.#until) if (until <= this.#now()) this.#until.delete(pair);
    this.#until.set(pairOf(one, other), this.#now() + APART_MS);
  }

  has(one: NodeId, other: NodeId): boolean {
    return (this.#until.get(pairOf(one, other)) ?? 0) > this.#now();
  }
}

const pairOf = (one: NodeId, other: NodeId) => [one, other].sort().join(' ');

/** What was placed on nodes so lately that they do not say it yet. */
export class RecentPlacements {
  #placed: { nodeId: NodeId; cost: number; until: number }[] = [];
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  note(nodeId: NodeId, cost: number): void {
    this.#forget();
    this.#placed.push({ nodeId, cost, until: this.#now() + RECENT_MS });
  }

  costOn(nodeId: NodeId): number {
    this.#forget();
    return this.#placed.reduce((sum, one) => sum + (one.nodeId === nodeId ? one.cost : 0), 0);
  }

  #forget(): void {
    const now = this.#now();
    const first = this.#placed.findIndex(({ until }) => until > now);
    if (first !== 0) this.#placed = first < 0 ? [] : this.#placed.slice(first);
  }
}
