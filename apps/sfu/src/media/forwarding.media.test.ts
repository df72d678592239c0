import type { types } from 'mediasoup';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MediaFact, OpenedPeer, OpenPeer, ProducerId } from '@relais/protocol';
import { microphone, openPeerRequest, refsTo, someFingerprint } from '@relais/testing';
import { opusPacket } from '../../test-support/rtp.ts';
import { headerLength } from '@relais/testing/srtp';
import { createTestNode, valueOf } from '../../test-support/test-node.ts';
import { Certificate, hasOpenssl, WebRtcPeer } from '@relais/testing/webrtc-peer';
import type { MediasoupNode } from '../node.ts';

const SSRC = 4242;

/** Real UDP, DTLS and SRTP, by other implementations than the worker's. Needs the `openssl` command, version 3. */
describe.skipIf(!hasOpenssl)('media through the node', () => {
  let node: MediasoupNode;
  let certificate: Certificate;
  beforeAll(async () => {
    node = await createTestNode();
    certificate = new Certificate();
  });
  afterAll(async () => {
    await node.close();
    certificate.remove();
  });

  const request = (roomId: string, id: string, consume: ProducerId[] = []): OpenPeer => ({
    ...openPeerRequest(roomId, id, refsTo(node, consume)),
    fingerprints: { send: [certificate.fingerprint], recv: [certificate.fingerprint] },
  });

  /** Ada speaks and Bob hears: both have signalled once, and connect without another word. */
  async function adaAndBob(roomId: string) {
    const ada = request(roomId, 'ada');
    const { send } = valueOf(await node.openPeer(ada));
    const rtpParameters = microphone('0', SSRC);
    const { producerId } = valueOf(
      await node.produce({ ...ada, kind: 'audio', rtpParameters, paused: false }),
    );
    const bob: OpenedPeer = valueOf(await node.openPeer(request(roomId, 'bob', [producerId])));
    const mouth = await WebRtcPeer.connect(send, certificate);
    const ear = await WebRtcPeer.connect(bob.recv, certificate);
    const heard: (Buffer | undefined)[] = [];
    ear.onRtp((rtp) => heard.push(rtp));
    const close = () => [mouth, ear].forEach((end) => end.close());
    return { producerId, mouth, heard, bob, close };
  }

  test('what one says is what the other hears, and who speaks is told', async () => {
    const { mouth, heard, bob, producerId, close } = await adaAndBob('heard');
    const facts: MediaFact[] = [];
    const stop = node.subscribe((fact) => facts.push(fact));
    let sequence = 0;
    const speaking = setInterval(() => {
      sequence += 1;
      mouth.sendRaw(mouth.protect(opusPacket({ sequence, ssrc: SSRC, level: 20 })));
    }, 20);
    await expect
      .poll(() => facts.find((fact) => fact.type === 'levels'))
      .toMatchObject({
        levels: [{ producerId, level: -20 }],
      });
    await expect.poll(() => heard.length).toBeGreaterThan(10);
    clearInterval(speaking);
    stop();
    close();

    const [consumer] = bob.consumers;
    const said = opusPacket({ sequence: 1, ssrc: SSRC, level: 20 });
    for (const rtp of heard) {
      if (!rtp) throw new Error('a packet was not authentic');
      expect(rtp.readUInt32BE(8)).toBe(consumer?.rtpParameters.encodings[0]?.ssrc);
      expect(rtp.readUInt8(1) & 0x7f).toBe(consumer?.rtpParameters.codecs[0]?.payloadType);
      expect(rtp.subarray(headerLength(rtp))).toEqual(said.subarray(headerLength(said)));
    }
  });

  test('what is forged, cut short or played again is not forwarded', async () => {
    const { mouth, heard, close } = await adaAndBob('forged');
    const packet = (sequence: number) => mouth.protect(opusPacket({ sequence, ssrc: SSRC, level: 20 }));
    mouth.sendRaw(packet(1));
    await expect.poll(() => heard.length).toBe(1);
    const forged = packet(2);
    forged[30] = (forged[30] ?? 0) ^ 1;
    mouth.sendRaw(forged);
    for (const length of [12, 20, 40, 89]) mouth.sendRaw(packet(3).subarray(0, length));
    for (let again = 0; again < 5; again += 1) mouth.sendRaw(packet(1));
    mouth.sendRaw(packet(4));
    // Packets keep their order on one path of one machine: when the fourth is there, the others were judged.
    await expect.poll(() => heard.length).toBeGreaterThan(1);
    close();
    expect(heard).toHaveLength(2);
  });

  test('a certificate other than the one that was announced is turned away', async () => {
    const liar = {
      ...request('liar', 'mallory'),
      fingerprints: { send: [someFingerprint], recv: [someFingerprint] },
    };
    const listener = request('liar', 'bob');
    const bob = valueOf(await node.openPeer(listener));
    const transports: types.Transport[] = [];
    node
      .internals()
      .room('liar')
      ?.routers[0]?.router.observer.on('newtransport', (made) => transports.push(made));
    const { send } = valueOf(await node.openPeer(liar));
    const rtpParameters = microphone('0', SSRC);
    const { producerId } = valueOf(
      await node.produce({ ...liar, kind: 'audio', rtpParameters, paused: false }),
    );
    await node.consume({ ...listener, producers: refsTo(node, [producerId]), paused: false });
    const ear = await WebRtcPeer.connect(bob.recv, certificate);
    const heard: unknown[] = [];
    ear.onRtp((rtp) => heard.push(rtp));
    // The handshake itself may come to its end at the client: what counts is that nothing goes through.
    const mouth = await WebRtcPeer.connect(send, certificate, 1000).catch(() => undefined);
    for (let sequence = 1; mouth && sequence < 20; sequence += 1)
      mouth.sendRaw(mouth.protect(opusPacket({ sequence, ssrc: SSRC, level: 20 })));
    const refused = transports.find(({ id }) => id === send.id);
    await expect.poll(() => refused).toMatchObject({ dtlsState: 'failed' });
    expect(heard).toEqual([]);
    mouth?.close();
    ear.close();
  });
});
