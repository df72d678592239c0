import { nodeId } from '@relais/protocol';
import { openPeerRequest, type MemoryMediaNode } from '@relais/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { MediaNodes } from './media-nodes.ts';

export interface MediaNodesUnderTest {
  nodes: MediaNodes;
  /** What is behind it, one or several. */
  behind: MemoryMediaNode[];
}

/** What every way to media nodes must do. `open` gives one whose nodes are up. */
export function mediaNodesContract(name: string, open: () => Promise<MediaNodesUnderTest>): void {
  describe(`${name} as media nodes`, () => {
    let nodes: MediaNodes;
    let behind: MemoryMediaNode[];
    beforeEach(async () => {
      ({ nodes, behind } = await open());
    });
    afterEach(() => nodes.close());

    test('give a node for a newcomer, which is found again by its id', async () => {
      expect(nodes.size).toBe(behind.length);
      const node = nodes.place('meeting', new Map());
      expect(behind.map((each) => each.nodeId)).toContain(node?.nodeId);
      expect(nodes.get(node!.nodeId)).toBe(node);
      expect(await node!.openPeer(openPeerRequest('room', 'ada'))).toMatchObject({ ok: true });
      expect(behind.flatMap((each) => each.peers())).toHaveLength(1);
    });

    test('give the node that has the meeting for who comes next', () => {
      const first = nodes.place('meeting', new Map())!;
      for (const people of [1, 2, 3]) {
        expect(nodes.place('meeting', new Map([[first.nodeId, people]]))).toBe(first);
      }
    });

    test('know no node of another id', () => {
      expect(nodes.get(nodeId.parse('nobody'))).toBeUndefined();
    });

    test('tell each fact with the node that it is of, to who still listens', () => {
      const [stays, leaves] = [vi.fn(), vi.fn()];
      nodes.subscribe(stays);
      nodes.subscribe(leaves)();
      const fact = { type: 'levels', roomId: 'room', levels: [] } as const;
      for (const node of behind) node.speak('room', []);
      expect(stays.mock.calls).toEqual(behind.map((node) => [node.nodeId, fact]));
      expect(leaves).not.toHaveBeenCalled();
    });

    test('are ready while one node is', async () => {
      expect(await nodes.isReady()).toBe(true);
      for (const node of behind) node.setUnavailable(true);
      expect(await nodes.isReady()).toBe(false);
    });

    test('close as often as asked', async () => {
      await Promise.all([nodes.close(), nodes.close()]);
    });
  });
}
