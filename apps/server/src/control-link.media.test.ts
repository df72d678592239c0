import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connectNode, createNeighbours, createNodeBoard, serveControl, type NodeLink } from '@relais/control';
import { hubId, nodeId, peerId, type Caller, type MediaFact } from '@relais/protocol';
import { createSfuNode, type SfuNode, type SfuOptions } from '@relais/sfu';
import { camera, microphone, openPeerRequest, refsTo } from '@relais/testing';
import { mediaNodeContract } from '@relais/testing/media-node.contract';
import { pino } from 'pino';
import { afterAll, expect, test, vi } from 'vitest';

const SECRET = 'a secret of hubs and nodes, for tests';
const logger = pino({ level: process.env['LOG_LEVEL'] ?? 'silent' });
const board = createNodeBoard();
const opened: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of opened.reverse()) await close();
}, 30_000);

const link = (controlUrl: string, id: NodeLink['nodeId'], caller: Caller) =>
  connectNode({ controlUrl, nodeId: id, caller, secret: SECRET, logger });
const aHub = (): Caller => ({ kind: 'hub', id: hubId.parse(crypto.randomUUID()) });

/** A real node, its neighbours, its control link on a real socket, and a hub's link to it. */
async function serveSfu(options: Partial<SfuOptions> = {}): Promise<{ node: SfuNode; hub: NodeLink }> {
  const self = nodeId.parse(crypto.randomUUID());
  const directory = board.open();
  const neighbours = createNeighbours({
    directory,
    self,
    connect: (other) => link(other.controlUrl, other.nodeId, { kind: 'node', id: self }),
    logger,
  });
  const listenAddresses = ['127.0.0.1'];
  const node = await createSfuNode({
    nodeId: self,
    listenAddresses,
    workers: 1,
    neighbours,
    logger,
    ...options,
  });
  const http = createServer();
  const control = serveControl({ http, node, secret: SECRET, logger });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const controlUrl = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  directory.announce(() => ({ nodeId: self, controlUrl, draining: node.draining, load: node.load() }));
  const hub = link(controlUrl, self, aHub());
  opened.push(async () => {
    await hub.close();
    await control.close();
    await neighbours.close();
    await directory.close();
    await node.close();
  });
  await hub.whenUp();
  return { node, hub };
}

async function killWorkers(node: SfuNode): Promise<void> {
  for (const { pid } of (await node.stats()).workers) if (pid) process.kill(pid, 'SIGKILL');
}

mediaNodeContract('A mediasoup node over a control link', async () => {
  const { node, hub } = await serveSfu();
  const loseRoom = async () => {
    await killWorkers(node);
    await vi.waitFor(async () => expect(await node.isReady()).toBe(true), 10_000);
  };
  return { node: hub, loseRoom };
});

test('[MEDIA-8] two mediasoup nodes carry one room: asked by a hub over links, joined over a link of their own', async () => {
  const [east, west] = [await serveSfu(), await serveSfu()];
  const ada = { roomId: 'room', peerId: peerId.parse('ada') };
  expect(await east.hub.openPeer(openPeerRequest('room', 'ada'))).toMatchObject({ ok: true });
  const sound = await east.hub.produce({ ...ada, kind: 'audio', rtpParameters: microphone(), paused: false });
  const picture = await east.hub.produce({ ...ada, kind: 'video', rtpParameters: camera(), paused: false });
  if (!sound.ok || !picture.ok) throw new Error('refused');
  const refs = refsTo(east.hub, [picture.value.producerId, sound.value.producerId]);
  const bob = await west.hub.openPeer(openPeerRequest('room', 'bob', refs));
  if (!bob.ok) throw new Error(bob.error.kind);
  expect(bob.value.consumers.map(({ kind, producerId }) => [kind, producerId])).toEqual([
    ['audio', sound.value.producerId],
    ['video', picture.value.producerId],
  ]);

  const facts: MediaFact[] = [];
  west.hub.subscribe((fact) => facts.push(fact));
  await east.hub.closeProducer(ada, sound.value.producerId);
  const consumerIds = [bob.value.consumers[0]!.consumerId];
  await vi.waitFor(() =>
    expect(facts).toContainEqual({ type: 'consumersClosed', roomId: 'room', peerId: 'bob', consumerIds }),
  );
}, 30_000);
