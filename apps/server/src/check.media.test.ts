import { Certificate, hasOpenssl, WebRtcPeer } from '@relais/testing/webrtc-peer';
import { microphone } from '@relais/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, createMeeting, MEDIA, startRelais, type TestSocket } from '../test-support/running.ts';

const SSRC = 4343;

let relais: Awaited<ReturnType<typeof startRelais>>;
let certificate: Certificate;

/** An RTP packet of Opus with nothing in it (RFC 3550). */
function packet(sequence: number): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt8(0x80, 0);
  header.writeUInt8(111, 1);
  header.writeUInt16BE(sequence, 2);
  header.writeUInt32BE(sequence * 960, 4);
  header.writeUInt32BE(SSRC, 8);
  return Buffer.concat([header, Buffer.alloc(60, 0x78)]);
}

/** Needs the `openssl` command, version 3: its DTLS is not the worker's. */
describe.skipIf(!hasOpenssl).each(['udp', 'tcp'] as const)('[CHECK-2] over %s', (protocol) => {
  beforeAll(async () => {
    relais = await startRelais();
    certificate = new Certificate();
  }, 60_000);
  afterAll(async () => {
    certificate.remove();
    await relais.stop();
  });

  const open = (socket: TestSocket) =>
    socket.call('check:open', {
      rtpCapabilities: MEDIA.rtpCapabilities,
      fingerprints: { send: [certificate.fingerprint], recv: [certificate.fingerprint] },
    });

  /** Both ways of a check, and what comes back. */
  async function loop(socket: TestSocket) {
    const check = await open(socket);
    await socket.call('check:loop', { rtpParameters: microphone('0', SSRC) });
    const out = await WebRtcPeer.connect(check.send, certificate, 5000, protocol);
    const back = await WebRtcPeer.connect(check.recv, certificate, 5000, protocol);
    const heard: (Buffer | undefined)[] = [];
    back.onRtp((rtp) => heard.push(rtp));
    let sequence = 0;
    const sending = setInterval(() => out.sendRaw(out.protect(packet(++sequence))), 20);
    const close = () => {
      clearInterval(sending);
      out.close();
      back.close();
    };
    return { heard, close };
  }

  test('what is sent comes back, to somebody without a seat', async () => {
    const socket = await connect(relais.url);
    const { heard, close } = await loop(socket);
    await expect.poll(() => heard.length, { timeout: 10_000 }).toBeGreaterThan(20);
    expect(heard.every((rtp) => rtp !== undefined)).toBe(true);
    close();
    socket.close();
  });

  test('and no more once it is closed, or its socket is', async () => {
    for (const end of ['check:close', 'socket'] as const) {
      const socket = await connect(relais.url);
      const { heard, close } = await loop(socket);
      await expect.poll(() => heard.length, { timeout: 10_000 }).toBeGreaterThan(5);
      if (end === 'socket') socket.close();
      else await socket.call('check:close', {});
      // Fifty packets a second come while it is open.
      let after = -1;
      const grew = () => {
        const count = heard.length - after;
        after = heard.length;
        return count > 0;
      };
      await expect.poll(grew, { timeout: 10_000, interval: 400 }).toBe(false);
      close();
      socket.close();
    }
  });

  test('beside a meeting, of which it is no part', async () => {
    const code = await createMeeting(relais.url);
    const socket = await connect(relais.url);
    const { media } = await socket.join(code, 'Ana');
    await open(socket);
    const { producerId } = await socket.call('check:loop', { rtpParameters: microphone('0', SSRC) });
    const peerId = media!.peerId;
    expect(await socket.raw('media:consume', { peerId, producerIds: [producerId] })).toMatchObject({
      refusal: { kind: 'unknownId' },
    });
    const { live } = await socket.call('meeting:catchUp', { sinceVersion: 0 });
    expect(Object.values(live.state).flatMap(({ producers }) => producers)).toEqual([]);
    socket.close();
  });
});
