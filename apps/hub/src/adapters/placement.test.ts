import { nodeId, type NodeId } from '@relais/protocol';
import { createMemoryMediaNode } from '@relais/testing';
import { describe, expect, test } from 'vitest';
import { ApartNodes, chooseNode, RecentPlacements, type Candidate } from './placement.ts';

const [a, b, c] = ['a', 'b', 'c'].map((id) => nodeId.parse(id)) as [NodeId, NodeId, NodeId];
const carries = (id: NodeId, consumers: number, capacity = 1000): Candidate => ({
  node: createMemoryMediaNode({ nodeId: id }),
  consumers,
  capacity,
});
const none = new Map<NodeId, number>();

function choose(
  candidates: Candidate[],
  using: ReadonlyMap<NodeId, number> = none,
  apart = new ApartNodes(),
  meetingId = 'meeting',
) {
  return chooseNode(meetingId, candidates, using, apart)?.node.nodeId;
}

describe('A newcomer is placed', () => {
  test('on the least loaded node, by what it carries of what it may, when nobody is there yet', () => {
    expect(choose([carries(a, 200), carries(b, 50), carries(c, 300)])).toBe(b);
    expect(choose([carries(a, 400, 1000), carries(b, 500, 2000)])).toBe(b);
  });

  test('where the meeting is, although another node has less to do', () => {
    expect(choose([carries(a, 500), carries(b, 0)], new Map([[a, 3]]))).toBe(a);
  });

  test('where most of the meeting is, of those that have budget left', () => {
    const using = new Map([
      [a, 20],
      [b, 8],
    ]);
    expect(choose([carries(a, 500), carries(b, 500), carries(c, 0)], using)).toBe(a);
    expect(choose([carries(a, 980), carries(b, 500), carries(c, 0)], using)).toBe(b);
    expect(choose([carries(a, 980), carries(b, 980), carries(c, 0)], using)).toBe(c);
  });

  test('on the least loaded node when none has budget left', () => {
    expect(choose([carries(a, 1000), carries(b, 850)], new Map([[a, 200]]))).toBe(b);
  });

  test('on no node that cannot be joined with those in use, though it is the only one with budget', () => {
    const apart = new ApartNodes();
    apart.note(b, a);
    expect(choose([carries(a, 1000), carries(b, 0)], new Map([[a, 3]]), apart)).toBe(a);
    expect(choose([carries(a, 1000), carries(b, 0), carries(c, 10)], new Map([[a, 3]]), apart)).toBe(c);
    expect(choose([carries(a, 1000), carries(b, 0)], none, apart)).toBe(b);
  });

  test('with most people, when a meeting is on two nodes that cannot be joined', () => {
    const apart = new ApartNodes();
    apart.note(a, b);
    const using = new Map([
      [a, 1],
      [b, 3],
    ]);
    expect(choose([carries(a, 0), carries(b, 900)], using, apart)).toBe(b);
  });

  test('nowhere when there is no node; on one of which nobody knows what it carries when there is no other', () => {
    expect(choose([])).toBeUndefined();
    expect(choose([carries(a, 0, 0)], new Map([[a, 1]]))).toBe(a);
  });

  test('at the same node by every hub, whatever little their knowledge of the load differs by', () => {
    for (let i = 0; i < 50; i++) {
      const one = choose([carries(a, 5), carries(b, 60), carries(c, 0)], none, undefined, `meeting-${i}`);
      const other = choose([carries(c, 30), carries(a, 70), carries(b, 2)], none, undefined, `meeting-${i}`);
      expect(other).toBe(one);
    }
  });

  test('here or there when nobody is there yet, so that meetings which begin at once are spread', () => {
    const chosen = Array.from({ length: 300 }, (_, i) =>
      choose([carries(a, 0), carries(b, 0), carries(c, 0)], none, undefined, `meeting-${i}`),
    );
    for (const id of [a, b, c]) expect(chosen.filter((one) => one === id).length).toBeGreaterThan(60);
  });
});

describe('What placing remembers', () => {
  test('two nodes that are apart are so in both directions, for thirty seconds from when it was last told', () => {
    let now = 0;
    const apart = new ApartNodes(() => now);
    apart.note(a, b);
    expect([apart.has(a, b), apart.has(b, a), apart.has(a, c)]).toEqual([true, true, false]);
    now = 20_000;
    apart.note(b, a);
    now = 49_999;
    expect(apart.has(a, b)).toBe(true);
    now = 50_000;
    expect(apart.has(a, b)).toBe(false);
  });

  test('what was placed counts until it shows in the announcement', () => {
    let now = 0;
    const recent = new RecentPlacements(() => now);
    recent.note(a, 5);
    now = 1000;
    recent.note(a, 7);
    recent.note(b, 1);
    expect([recent.costOn(a), recent.costOn(b), recent.costOn(c)]).toEqual([12, 1, 0]);
    now = 2000;
    expect(recent.costOn(a)).toBe(7);
    now = 3000;
    expect([recent.costOn(a), recent.costOn(b)]).toEqual([0, 0]);
  });
});
