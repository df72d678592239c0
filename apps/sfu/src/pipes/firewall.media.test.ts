import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { fail } from '@relais/kit';
import { afterEach, expect, test, vi } from 'vitest';
import { JoinedNodes } from '../../test-support/joined.ts';
import { enter, factsOf, offer, speaking, take, voiceOf } from '../../test-support/rooms.ts';

let nodes: JoinedNodes;
afterEach(() => nodes.close());

test('[MEDIA-8] a firewall that takes the packets of pipes while the link stands is told, and nothing else is', async () => {
  nodes = await JoinedNodes.create(['east', 'west', 'north']);
  const [east, west, north] = nodes.all;
  if (!east || !west || !north) throw new Error('three nodes were expected');
  const swallow = createSocket('udp4').bind(0, '127.0.0.1');
  await once(swallow, 'listening');
  const { port } = swallow.address();
  const openPipe = east.pipes.openPipe.bind(east.pipes);
  vi.spyOn(east.pipes, 'openPipe').mockImplementation((request) =>
    openPipe(request.sinkId === west.nodeId ? { ...request, sink: { ...request.sink, port } } : request),
  );
  const voice = await voiceOf(await enter(east, 'room', 'ada'));
  for (const node of [west, north])
    expect(await take(await enter(node, 'room', 'bob'), [voice])).toHaveLength(1);
  const facts = [east, west, north].map(factsOf);
  const apart = () => facts.map((told) => told.filter((fact) => fact.type === 'nodesApart'));
  const stop = speaking(voice);
  await expect.poll(() => apart()[0]?.length, { timeout: 20_000 }).toBeGreaterThan(0);
  expect(apart()).toEqual([[{ type: 'nodesApart', otherId: west.nodeId }], [], []]);
  stop();
  swallow.close();
}, 30_000);

test('[MEDIA-8] a node with which no pipe opens is told, as when all ports are in use, and not for the first that fails', async () => {
  // Both ends of one pipe, and no more.
  const pipeListen = { ip: '127.0.0.1', portRange: { min: 46210, max: 46211 } };
  nodes = await JoinedNodes.create(['east', 'west'], { pipeListen });
  const [east, west] = nodes.two;
  const taking = async (roomId: string) => {
    const sound = await offer(await enter(east, roomId, 'ada'));
    const bob = await enter(west, roomId, 'bob');
    return () => take(bob, [sound]);
  };
  const [first, second] = [await taking('one'), await taking('two')];
  const facts = factsOf(west);
  const apart = () => facts.filter((fact) => fact.type === 'nodesApart');
  expect(await first()).toHaveLength(1);
  expect(await second()).toEqual([]);
  expect(apart()).toEqual([]);
  await expect.poll(async () => [await second(), apart().length], { timeout: 8000 }).toEqual([[], 1]);
  expect(apart()).toEqual([{ type: 'nodesApart', otherId: east.nodeId }]);
});

test('[MEDIA-8] a question that a broken line took with it is asked again, and nobody is said to be apart', async () => {
  nodes = await JoinedNodes.create(['east', 'west']);
  const [east, west] = nodes.two;
  const sound = await offer(await enter(east, 'room', 'ada'));
  const bob = await enter(west, 'room', 'bob');
  const facts = factsOf(west);
  vi.spyOn(east.pipes, 'locate').mockResolvedValueOnce(fail({ kind: 'unavailable' }));
  expect(await take(bob, [sound])).toHaveLength(1);
  expect(facts).toEqual([]);
});
