import { createHash } from 'node:crypto';

/** Bytes that look random and are the same in every run, so that a failure can be repeated. */
export function bytes(seed, length) {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) =>
    createHash('sha256').update(`${seed} ${i}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}

export const SSRC = 0xcafebabe;

/** An RTP packet; `sources` and `extensionWords` make its header longer. */
export function rtp(
  sequence,
  payload = bytes(sequence, 40),
  { ssrc = SSRC, sources = 0, extensionWords = -1 } = {},
) {
  const hasExtension = extensionWords >= 0;
  const header = Buffer.alloc(12 + 4 * sources + (hasExtension ? 4 + 4 * extensionWords : 0));
  header[0] = 0x80 | (hasExtension ? 0x10 : 0) | sources;
  header[1] = 96;
  header.writeUInt16BE(sequence % 65536, 2);
  header.writeUInt32BE(sequence * 3000, 4);
  header.writeUInt32BE(ssrc, 8);
  bytes('sources', 4 * sources).copy(header, 12);
  if (hasExtension) {
    header.writeUInt16BE(0xbede, 12 + 4 * sources);
    header.writeUInt16BE(extensionWords, 14 + 4 * sources);
    bytes('extension', 4 * extensionWords).copy(header, 16 + 4 * sources);
  }
  return Buffer.concat([header, payload]);
}

/** An RTCP receiver report of about this many bytes. */
export function rtcp(seed, length = 32, ssrc = SSRC) {
  const packet = bytes(`rtcp ${seed}`, Math.max(8, length));
  packet.writeUInt32BE(0x81c90000 + packet.length / 4 - 1, 0);
  packet.writeUInt32BE(ssrc, 4);
  return packet;
}

export function flipped(packet, at, mask = 0x01) {
  const copy = Buffer.from(packet);
  copy[at] ^= mask;
  return copy;
}
