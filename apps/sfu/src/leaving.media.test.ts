import { afterEach, describe, expect, test } from 'vitest';
import { openPeerRequest } from '@relais/testing';
import { enter, factsOf, heldBy, offer } from '../test-support/rooms.ts';
import { createTestNode, valueOf } from '../test-support/test-node.ts';
import { Certificate, hasOpenssl, WebRtcPeer } from '@relais/testing/webrtc-peer';
import type { MediasoupNode } from './node.ts';
import type { SfuOptions } from './options.ts';

let node: MediasoupNode;
const start = async (options: Partial<SfuOptions> = {}) => (node = await createTestNode(options));
afterEach(() => node.close());

const unavailable = { ok: false, error: { kind: 'unavailable' } };

describe('a node that drains', () => {
  test('says so once, takes nobody new, and waits until its people have moved away', async () => {
    await start();
    const [ada, bob] = [await enter(node, 'room', 'ada'), await enter(node, 'room', 'bob')];
    const facts = factsOf(node);
    let over = false;
    const drained = Promise.all([node.drain(60_000), node.drain(60_000)]).then(() => (over = true));
    expect(facts).toEqual([{ type: 'draining' }]);
    expect(node.draining).toBe(true);
    expect(await node.isReady()).toBe(false);
    expect(await node.openPeer(openPeerRequest('room', 'cem'))).toEqual(unavailable);
    expect(await node.restartIce(bob, 'send')).toMatchObject({ ok: true });
    await node.closePeer(ada);
    expect(over).toBe(false);
    await node.closePeer(bob);
    await drained;
  });

  test('does not wait for those who stay, beyond the time that is given', async () => {
    await start();
    await enter(node, 'room', 'ada');
    await node.drain(10);
    expect(node.load().peers).toBe(1);
  });

  test('is over at once when nobody is there, and when it is closed', async () => {
    await start();
    await node.drain(60_000);
    await node.close();
    await start();
    await enter(node, 'room', 'ada');
    const drained = node.drain(60_000);
    await node.close();
    await drained;
  });
});

test('what a node announces of itself is what its workers carry and may carry', async () => {
  await start({ workers: 2, budget: 40 });
  expect(node.load()).toEqual({ workers: 2, capacity: 80, consumers: 0, peers: 0 });
  const ada = await enter(node, 'room', 'ada');
  await enter(node, 'room', 'bob', [await offer(ada), await offer(ada, 'video')]);
  // Bob's two; and one for Ada, who will at least hear Bob.
  expect(node.load()).toEqual({ workers: 2, capacity: 80, consumers: 3, peers: 2 });
});

describe('a peer to whom no browser is connected', () => {
  test('is closed after a while and told as lost, as its hub may have died', async () => {
    await start({ orphanMs: 60 });
    const before = await heldBy(node);
    const facts = factsOf(node);
    const ada = await enter(node, 'room', 'ada');
    const { roomId, peerId } = ada;
    await offer(ada);
    await expect.poll(() => facts).toEqual([{ type: 'peersLost', roomId, peerIds: [peerId] }]);
    expect(await heldBy(node)).toEqual(before);
    expect(valueOf(await node.missing([{ roomId, peerId }]))).toHaveLength(1);
  });

  test.skipIf(!hasOpenssl)('is not one whose browser is connected on one of the two transports', async () => {
    const certificate = new Certificate();
    await start({ orphanMs: 1500 });
    const facts = factsOf(node);
    const fingerprints = { send: [certificate.fingerprint], recv: [certificate.fingerprint] };
    const ada = { ...openPeerRequest('room', 'ada'), fingerprints };
    const { recv } = valueOf(await node.openPeer(ada));
    const browser = await WebRtcPeer.connect(recv, certificate);
    const bob = await enter(node, 'room', 'bob');
    const { peerId } = bob;
    await offer(bob);
    // Has nothing to connect for, and is waited for.
    await enter(node, 'room', 'cleo');
    await expect
      .poll(() => facts, { timeout: 5000 })
      .toEqual([{ type: 'peersLost', roomId: 'room', peerIds: [peerId] }]);
    expect(await node.restartIce(ada, 'recv')).toMatchObject({ ok: true });
    browser.close();
    certificate.remove();
  });
});
