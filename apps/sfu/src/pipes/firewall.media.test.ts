import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import { JoinedNodes } from '../../test-support/joined.ts';
import { enter, factsOf, speaking, take, voiceOf } from '../../test-support/rooms.ts';

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
