import { createNodeBoard, createNeighbours, type Neighbours } from './index.ts';
import { producerId, type NodeDirectory, type NodeId } from '@relais/protocol';
import { microphone } from '@relais/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { somewhere } from '../test-support/memory-pipes.ts';
import { linkTo, serveNode, silent, type Served } from '../test-support/served.ts';

const sound = producerId.parse('sound');
let [east, west] = [undefined, undefined] as unknown as [Served, Served];
let directories: NodeDirectory[];
let neighbours: Neighbours;
let gone: NodeId[];
let attempts: number;

beforeEach(async () => {
  const board = createNodeBoard();
  [east, west] = await Promise.all([serveNode(), serveNode()]);
  directories = [east, west].map(({ node, url }) => {
    const directory = board.open();
    const load = { workers: 1, capacity: 100, consumers: 0, peers: 0 };
    directory.announce(() => ({ nodeId: node.nodeId, controlUrl: url, draining: false, load }));
    return directory;
  });
  const self = west.node.nodeId;
  gone = [];
  attempts = 0;
  neighbours = createNeighbours({
    directory: directories[1]!,
    self,
    connect: ({ nodeId, controlUrl }) => {
      attempts += 1;
      return linkTo({ node: { nodeId }, url: controlUrl }, { caller: { kind: 'node', id: self } });
    },
    logger: silent,
  });
  neighbours.onGone((nodeId) => gone.push(nodeId));
});
afterEach(async () => {
  await neighbours.close();
  await Promise.all([...directories, east, west].map((each) => each.close()));
});

test('A node has links to all others and none to itself, before it needs them', async () => {
  await vi.waitFor(
    () => expect(east.control.callers()).toEqual([{ kind: 'node', id: west.node.nodeId }]),
    10_000,
  );
  expect(neighbours.get(west.node.nodeId)).toBeUndefined();
  expect(west.control.callers()).toEqual([]);
});

test('A node takes a producer from a neighbour that is only just known', async () => {
  const rtpParameters = microphone();
  east.node.pipes.producers.set(sound, { producerId: sound, kind: 'audio', rtpParameters, paused: false });
  const source = neighbours.get(east.node.nodeId)!;
  const sinkId = west.node.nodeId;
  const request = { pipeId: 'pipe', roomId: 'room', routerId: 'router', sinkId, sink: somewhere };
  expect(await source.openPipe(request)).toEqual({ ok: true, value: somewhere });
  expect(await source.takeProducer('pipe', sound)).toMatchObject({ ok: true, value: { rtpParameters } });
});

test('A neighbour that has gone is told once, and is one no more', async () => {
  await vi.waitFor(() => expect(east.control.callers()).toHaveLength(1), 10_000);
  await neighbours.get(east.node.nodeId)?.locate('room', [sound]);
  await east.close();
  await vi.waitFor(() => expect(gone).toEqual([east.node.nodeId]), 10_000);
  expect(neighbours.get(east.node.nodeId)).toBeUndefined();
});

test('[MEDIA-8] A neighbour that is tried again is none until it answers', async () => {
  await vi.waitFor(() => expect(east.control.callers()).toHaveLength(1), 10_000);
  await neighbours.get(east.node.nodeId)?.locate('room', [sound]);
  await east.close();
  // Its directory still lists it, as when only the way to it is cut.
  await vi.waitFor(() => expect(attempts).toBeGreaterThanOrEqual(2), 5000);
  expect(neighbours.get(east.node.nodeId)).toBeUndefined();
});
