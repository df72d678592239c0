import { createNodeBoard } from '@relais/control';
import { nodeId, type NodeAnnouncement, type NodeDirectory, type NodeId } from '@relais/protocol';
import { createMemoryMediaNode, type MemoryMediaNode } from '@relais/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createMemoryLink, type MemoryLink } from '../../test-support/memory-link.ts';
import { mediaNodesContract } from '../ports/media-nodes.contract.ts';
import type { MediaNodes, MediaNodesFact } from '../ports/media-nodes.ts';
import { createClusterMediaNodes } from './cluster-media-nodes.ts';

const logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };

/** Nodes of memory, a directory of memory, links without lines. */
function createRig(local?: MemoryMediaNode) {
  const board = createNodeBoard();
  const known = new Map<NodeId, MemoryMediaNode>();
  const links: MemoryLink[] = [];
  const facts: [NodeId, MediaNodesFact][] = [];
  const directory = board.open();
  const nodes: MediaNodes = createClusterMediaNodes({
    directory,
    connect: (announcement: NodeAnnouncement) => {
      const link = createMemoryLink(known.get(announcement.nodeId)!);
      links.push(link);
      return link;
    },
    ...(local && { local }),
    logger,
  });
  const found: NodeId[] = [];
  nodes.subscribe((id, fact) => (fact.type === 'nodeFound' ? found.push(id) : facts.push([id, fact])));
  /** Puts a node up, and says what it carries. */
  const announce = (
    node: MemoryMediaNode,
    { consumers = 0, draining = false } = {},
    at: NodeDirectory = board.open(),
  ) => {
    known.set(node.nodeId, node);
    at.announce(() => ({
      nodeId: node.nodeId,
      controlUrl: 'http://127.0.0.1:44300',
      draining,
      load: { workers: 1, capacity: 1000, consumers, peers: 0 },
    }));
    return at;
  };
  return {
    nodes,
    links,
    facts,
    found,
    announce,
    close: () => Promise.all([nodes.close(), directory.close()]),
  };
}

const aNode = (id: string) => createMemoryMediaNode({ nodeId: nodeId.parse(id) });

mediaNodesContract('A cluster', async () => {
  const rig = createRig();
  const behind = [aNode('a'), aNode('b')];
  for (const node of behind) rig.announce(node);
  for (const link of rig.links) link.become('up');
  return { nodes: rig.nodes, behind };
});

mediaNodesContract('A cluster with a node of its own', async () => {
  const local = aNode('own');
  const rig = createRig(local);
  const other = aNode('other');
  rig.announce(local);
  rig.announce(other);
  for (const link of rig.links) link.become('up');
  return { nodes: rig.nodes, behind: [local, other] };
});

describe('A cluster of media nodes', () => {
  let rig: ReturnType<typeof createRig>;
  let [one, other] = [aNode('a'), aNode('b')];
  const nobody = new Map<NodeId, number>();
  const place = (using: [NodeId, number][] = [], meetingId = 'meeting') =>
    rig.nodes.place(meetingId, new Map(using))?.nodeId;

  beforeEach(() => {
    rig = createRig();
    [one, other] = [aNode('a'), aNode('b')];
  });
  afterEach(async () => {
    vi.useRealTimers();
    vi.clearAllMocks();
    await rig.close();
  });

  function bothUp() {
    const directories = [rig.announce(one), rig.announce(other)] as const;
    const [first, second] = rig.links as [MemoryLink, MemoryLink];
    for (const link of [first, second]) link.become('up');
    return { first, second, directories };
  }

  test('gives nobody a node whose link is not up yet, and is not ready', async () => {
    rig.announce(one);
    expect([place(), rig.nodes.size, await rig.nodes.isReady()]).toEqual([undefined, 0, false]);
    rig.links[0]!.become('up');
    expect([place(), rig.nodes.size, await rig.nodes.isReady()]).toEqual([one.nodeId, 1, true]);
  });

  test('spreads meetings that begin at once, before any node says what it carries', () => {
    bothUp();
    const chosen = Array.from({ length: 40 }, (_, i) => place([], `meeting-${i}`));
    for (const id of ['a', 'b']) expect(chosen.filter((each) => each === id).length).toBeGreaterThan(8);
  });

  test('tells a node that is lost once, and knows it no more', () => {
    const { first } = bothUp();
    first.become('broken');
    expect(rig.nodes.get(one.nodeId)).toBe(first);
    first.become('lost');
    expect(rig.facts).toEqual([[one.nodeId, { type: 'nodeLost' }]]);
    expect(rig.nodes.get(one.nodeId)).toBeUndefined();
    expect([place(), place([[one.nodeId, 5]])]).toEqual([other.nodeId, other.nodeId]);
  });

  test('tells a node whose link came back, and places nobody on it meanwhile', () => {
    const { first } = bothUp();
    first.become('broken');
    expect(place([[one.nodeId, 5]])).toBe(other.nodeId);
    first.become('resumed');
    expect(rig.facts).toEqual([[one.nodeId, { type: 'nodeResumed' }]]);
    expect(place([[one.nodeId, 5]])).toBe(one.nodeId);
  });

  test('waits for a link that is coming back when there is no other', () => {
    rig.announce(one);
    rig.links[0]!.become('up');
    rig.links[0]!.become('broken');
    expect(place()).toBe(one.nodeId);
  });

  test('tries a listed node again and again, tells nothing of it until it is up, and its facts from then on', () => {
    vi.useFakeTimers();
    rig.announce(one);
    for (let attempt = 0; attempt < 4; attempt += 1) {
      expect(rig.links).toHaveLength(attempt + 1);
      rig.links[attempt]!.become('lost');
      vi.advanceTimersByTime(8000);
    }
    expect([rig.facts, rig.found, logger.warn.mock.calls.length]).toEqual([[], [], 1]);
    rig.links[4]!.become('up');
    expect(rig.found).toEqual([one.nodeId]);
    one.emit({ type: 'nodesApart', otherId: other.nodeId });
    expect(rig.facts).toHaveLength(1);
    expect(rig.nodes.get(one.nodeId)).toBe(rig.links[4]);
  });

  test('uses a node on that the directory lists no longer, until its link is lost: then it is not tried again', async () => {
    const { first, directories } = bothUp();
    vi.useFakeTimers();
    for (const directory of directories) await directory.withdraw();
    expect([rig.nodes.size, place([[one.nodeId, 1]])]).toEqual([2, one.nodeId]);
    first.become('lost');
    vi.advanceTimersByTime(60_000);
    expect(rig.links).toHaveLength(2);
    rig.announce(one);
    expect(rig.links).toHaveLength(3);
  });

  test('places nobody on a node that drains, as soon as the node or the directory says so', () => {
    const { directories } = bothUp();
    one.emit({ type: 'draining' });
    expect(place([[one.nodeId, 5]])).toBe(other.nodeId);
    rig.announce(other, { draining: true }, directories[1]);
    expect([place(), rig.nodes.size]).toEqual([undefined, 0]);
    expect(rig.nodes.get(one.nodeId)).toBeDefined();
  });

  test('keeps a meeting off two nodes that cannot be joined', () => {
    const { directories } = bothUp();
    rig.announce(one, { consumers: 1000 }, directories[0]);
    expect(place([[one.nodeId, 3]])).toBe(other.nodeId);
    one.emit({ type: 'nodesApart', otherId: other.nodeId });
    expect(place([[one.nodeId, 3]])).toBe(one.nodeId);
    expect(rig.facts).toEqual([[one.nodeId, { type: 'nodesApart', otherId: other.nodeId }]]);
  });

  test('goes on to tell when a listener throws', () => {
    bothUp();
    const heard = vi.fn();
    rig.nodes.subscribe(() => {
      throw new Error('a defect');
    });
    rig.nodes.subscribe(heard);
    one.emit({ type: 'draining' });
    expect(heard).toHaveBeenCalledTimes(1);
    expect(logger.error).toHaveBeenCalledTimes(1);
  });

  test('after it is closed tells nothing and leaves the directory alone', async () => {
    const { first } = bothUp();
    await rig.nodes.close();
    expect(first.state).toBe('lost');
    rig.announce(aNode('c'));
    expect([rig.facts, rig.links.length, rig.nodes.place('meeting', nobody)]).toEqual([[], 2, undefined]);
  });
});

describe('A cluster with a node in this very process', () => {
  test('has it without a link, also before it is listed, and sends people on when it is full', () => {
    const local = aNode('own');
    const rig = createRig(local);
    expect([rig.nodes.place('meeting', new Map()), rig.nodes.get(local.nodeId)]).toEqual([local, local]);
    const at = rig.announce(local);
    expect(rig.links).toEqual([]);
    rig.announce(aNode('other'));
    rig.links[0]!.become('up');
    rig.announce(local, { consumers: 1000 }, at);
    expect(rig.nodes.place('meeting', new Map([[local.nodeId, 3]]))?.nodeId).toBe('other');
    void rig.close();
  });
});
