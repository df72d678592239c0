import { networkInterfaces } from 'node:os';
import type { types } from 'mediasoup';
import { camera } from '@relais/testing';
import { afterEach, expect, test } from 'vitest';
import { JoinedNodes } from '../../test-support/joined.ts';
import { enter, routerOf, take } from '../../test-support/rooms.ts';
import { senderReport, vp8KeyFrame } from '../../test-support/rtp.ts';
import { valueOf } from '../../test-support/test-node.ts';

let nodes: JoinedNodes;
afterEach(() => nodes.close());

const SSRCS = [4242, 4243, 4244];
const wait = { timeout: 15_000, interval: 20 };

const hasIpv6 = Object.values(networkInterfaces()).some((each) =>
  each?.some(({ address }) => address === '::1'),
);

for (const ip of ['127.0.0.1', ...(hasIpv6 ? ['::1'] : [])]) {
  test(`[MEDIA-8] a consumer behind a pipe (${ip}) gets the layer that it prefers, down and up again`, async () => {
    nodes = await JoinedNodes.create(['east', 'west'], { pipeListen: { ip } });
    const [east, west] = nodes.two;
    const ada = await enter(east, 'room', 'ada');
    const direct = await routerOf(east, 'room', 'ada').router.createDirectTransport();
    const rtpParameters: types.RtpParameters = {
      ...(camera('1', SSRCS[0]) as types.RtpParameters),
      encodings: SSRCS.map((ssrc) => ({ ssrc })),
    };
    const producer = await direct.produce({ kind: 'video', rtpParameters });
    const room = east.internals().room('room');
    const admitted = await room?.peer(ada.peerId)?.admit(producer);
    if (!admitted) throw new Error('a peer was expected');
    const { producerId } = valueOf(admitted);
    const bob = await enter(west, 'room', 'bob');
    expect(await take(bob, [{ producerId, nodeId: east.nodeId }])).toHaveLength(1);
    const { router } = routerOf(west, 'room', 'bob');
    const ear = await router.createDirectTransport();
    const consumer = await ear.consume({ producerId, rtpCapabilities: router.rtpCapabilities });
    let sequence = 0;
    const timer = setInterval(() => {
      sequence += 1;
      for (const ssrc of SSRCS) {
        producer.send(vp8KeyFrame({ sequence, ssrc }));
        if (sequence % 10 === 1) direct.sendRtcp(senderReport({ ssrc, timestamp: sequence * 3000 }));
      }
    }, 33);
    const layer = () => consumer.currentLayers?.spatialLayer;
    await expect.poll(layer, wait).toBe(2);
    await consumer.setPreferredLayers({ spatialLayer: 0 });
    await expect.poll(layer, wait).toBe(0);
    await consumer.setPreferredLayers({ spatialLayer: 1 });
    await expect.poll(layer, wait).toBe(1);
    clearInterval(timer);
  }, 50_000);
}
