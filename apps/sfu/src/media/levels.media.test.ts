import { expect, test } from 'vitest';
import { peerId } from '@relais/protocol';
import type { MediaFact } from '@relais/protocol';
import { openPeerRequest, microphone } from '@relais/testing';
import { opusPacket } from '../../test-support/rtp.ts';
import { createTestNode, valueOf } from '../../test-support/test-node.ts';

type Levels = Extract<MediaFact, { type: 'levels' }>;

test('who is loud is told, loudest first, and silence too', async () => {
  const node = await createTestNode();
  const ids = ['ada', 'bob'];
  for (const id of ids) await node.openPeer(openPeerRequest('room', id));
  const room = node.internals().room('room');
  const direct = await room?.routers[0]?.router.createDirectTransport();
  if (!room || !direct) throw new Error('a room was expected');

  // Packets come past the network, from a transport of this process; from the producer on all is as it always is.
  const voices = await Promise.all(
    ids.map(async (id, i) => {
      const rtpParameters = microphone(`${i}`, 100 + i) as Parameters<
        typeof direct.produce
      >[0]['rtpParameters'];
      const producer = await direct.produce({ kind: 'audio', rtpParameters });
      const admitted = await room.peer(peerId.parse(id))?.admit(producer);
      if (!admitted) throw new Error('a peer was expected');
      return { producer, id: valueOf(admitted).producerId, ssrc: 100 + i };
    }),
  );

  const heard = new Promise<Levels>((resolve) => {
    node.subscribe((fact) => fact.type === 'levels' && fact.levels.length === 2 && resolve(fact));
  });
  const silent = new Promise<Levels>((resolve) => {
    node.subscribe((fact) => fact.type === 'levels' && fact.levels.length === 0 && resolve(fact));
  });
  let sequence = 0;
  const speaking = setInterval(() => {
    sequence += 1;
    voices.forEach(({ producer, ssrc }, i) =>
      producer.send(opusPacket({ sequence, ssrc, level: i ? 10 : 40 })),
    );
  }, 20);
  const { levels } = await heard;
  expect(levels.map((level) => level.producerId)).toEqual([voices[1]?.id, voices[0]?.id]);
  expect(levels.map((level) => level.level)).toEqual([-10, -40]);
  expect((await voices[0]?.producer.getStats())?.[0]?.packetCount).toBeGreaterThan(0);
  clearInterval(speaking);
  expect((await silent).levels).toEqual([]);
  await node.close();
});

test('[VOICE-5] the quietest of many is told with the loudest: who is with whom the hub alone knows', async () => {
  const node = await createTestNode();
  const ids = Array.from({ length: 9 }, (_, i) => `p${i}`);
  for (const id of ids) await node.openPeer(openPeerRequest('room', id));
  const room = node.internals().room('room');
  const direct = await room?.routers[0]?.router.createDirectTransport();
  if (!room || !direct) throw new Error('a room was expected');
  const voices = await Promise.all(
    ids.map(async (id, i) => {
      const rtpParameters = microphone(`${i}`, 100 + i) as Parameters<
        typeof direct.produce
      >[0]['rtpParameters'];
      const producer = await direct.produce({ kind: 'audio', rtpParameters });
      const admitted = await room.peer(peerId.parse(id))?.admit(producer);
      if (!admitted) throw new Error('a peer was expected');
      return { producer, id: valueOf(admitted).producerId, ssrc: 100 + i };
    }),
  );
  const heard = new Promise<Levels>((resolve) => {
    node.subscribe((fact) => fact.type === 'levels' && fact.levels.length === ids.length && resolve(fact));
  });
  let sequence = 0;
  const speaking = setInterval(() => {
    sequence += 1;
    voices.forEach(({ producer, ssrc }, i) =>
      producer.send(opusPacket({ sequence, ssrc, level: i === 0 ? 60 : 10 + i })),
    );
  }, 20);
  const { levels } = await heard;
  clearInterval(speaking);
  expect(levels.at(-1)).toEqual({ producerId: voices[0]?.id, level: -60 });
  await node.close();
});
