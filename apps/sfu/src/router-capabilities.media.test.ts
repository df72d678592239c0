import { expect, test } from 'vitest';
import { ROUTER_CAPABILITIES } from '@relais/protocol';
import { openPeerRequest } from '@relais/testing';
import { createTestNode } from '../test-support/test-node.ts';

test('the capabilities that come with the page are those of a router of the mediasoup in use', async () => {
  const node = await createTestNode();
  await node.openPeer(openPeerRequest('room', 'ada'));
  expect(node.internals().room('room')?.routers[0]?.router.rtpCapabilities).toEqual(ROUTER_CAPABILITIES);
  await node.close();
});
