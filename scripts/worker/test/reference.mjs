/**
 * SRTP and SRTCP written from the RFCs alone (3711 and 7714) on Node's own cryptography: slow, small
 * and independent of libsrtp, to check the bridge against. Indexes are given by the caller.
 */
import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';

export const suites = {
  AES_CM_128_HMAC_SHA1_80: { keyLength: 16, saltLength: 14, rtpTag: 10, rtcpTag: 10 },
  AES_CM_128_HMAC_SHA1_32: { keyLength: 16, saltLength: 14, rtpTag: 4, rtcpTag: 10 },
  AEAD_AES_128_GCM: { keyLength: 16, saltLength: 12, gcm: true },
  AEAD_AES_256_GCM: { keyLength: 32, saltLength: 12, gcm: true },
};

const GCM_TAG = 16;
const labels = { rtp: [0, 1, 2], rtcp: [3, 4, 5] };

/** RFC 3711, 4.1.1: the keystream of AES in counter mode. */
export function keystream(key, iv, length) {
  return createCipheriv(`aes-${key.length * 8}-ctr`, key, iv).update(Buffer.alloc(length));
}

/** RFC 3711, 4.3.1 and 4.3.3 (key derivation rate 0); a salt of 96 bits is padded (RFC 7714, 11). */
export function derive(masterKey, masterSalt, label, length) {
  const iv = Buffer.alloc(16);
  masterSalt.copy(iv);
  iv[7] ^= label;
  return keystream(masterKey, iv, length);
}

/** The keys of one direction: for encryption, authentication and the salt, for RTP and for RTCP. */
export function sessionKeys(suite, masterKey, masterSalt) {
  const { keyLength, saltLength } = suites[suite];
  const keysOf = ([encryption, authentication, salting]) => ({
    key: derive(masterKey, masterSalt, encryption, keyLength),
    auth: derive(masterKey, masterSalt, authentication, 20),
    salt: derive(masterKey, masterSalt, salting, saltLength),
  });
  return { suite, rtp: keysOf(labels.rtp), rtcp: keysOf(labels.rtcp) };
}

/** 12 bytes, the contributing sources, and the extension if there is one. */
function headerLength(packet) {
  const fixed = 12 + 4 * (packet[0] & 0x0f);
  return packet[0] & 0x10 ? fixed + 4 + 4 * packet.readUInt16BE(fixed + 2) : fixed;
}

function xorInto(target, offset, bytes) {
  bytes.forEach((byte, i) => (target[offset + i] ^= byte));
  return target;
}

/** RFC 3711, 4.1.1: (salt * 2^16) XOR (SSRC * 2^64) XOR (index * 2^16). */
function counterIv(salt, ssrc, index) {
  const iv = Buffer.alloc(16);
  salt.copy(iv);
  return xorInto(xorInto(iv, 4, ssrc), 8, number(index, 6));
}

/** RFC 7714, 8.1 and 9.1: two zero bytes, SSRC, index (48 bits), all XOR the salt. */
function gcmIv(salt, ssrc, index) {
  return xorInto(xorInto(xorInto(Buffer.alloc(12), 2, ssrc), 6, number(index, 6)), 0, salt);
}

function number(value, length) {
  const bytes = Buffer.alloc(length);
  bytes.writeUIntBE(value, 0, length);
  return bytes;
}

function sha1Tag(auth, pieces, length) {
  const hmac = createHmac('sha1', auth);
  pieces.forEach((piece) => hmac.update(piece));
  return hmac.digest().subarray(0, length);
}

function ctr(key, iv, bytes) {
  return createCipheriv('aes-128-ctr', key, iv).update(bytes);
}

function gcmSeal({ key }, iv, aad, plain) {
  const cipher = createCipheriv(`aes-${key.length * 8}-gcm`, key, iv).setAAD(aad);
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function gcmOpen({ key }, iv, aad, sealed) {
  const decipher = createDecipheriv(`aes-${key.length * 8}-gcm`, key, iv).setAAD(aad);
  decipher.setAuthTag(sealed.subarray(sealed.length - GCM_TAG));
  return Buffer.concat([decipher.update(sealed.subarray(0, -GCM_TAG)), decipher.final()]);
}

function requireTag(expected, actual) {
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) throw new Error('wrong tag');
}

/** `rollover` is the ROC: how often the sequence number has gone round. */
export function protectRtp(keys, packet, rollover = 0) {
  const header = packet.subarray(0, headerLength(packet));
  const payload = packet.subarray(header.length);
  const ssrc = packet.subarray(8, 12);
  const index = rollover * 65536 + packet.readUInt16BE(2);
  const { key, auth, salt } = keys.rtp;
  if (suites[keys.suite].gcm)
    return Buffer.concat([header, gcmSeal(keys.rtp, gcmIv(salt, ssrc, index), header, payload)]);
  const body = Buffer.concat([header, ctr(key, counterIv(salt, ssrc, index), payload)]);
  return Buffer.concat([body, sha1Tag(auth, [body, number(rollover, 4)], suites[keys.suite].rtpTag)]);
}

export function unprotectRtp(keys, packet, rollover = 0) {
  const header = packet.subarray(0, headerLength(packet));
  const ssrc = packet.subarray(8, 12);
  const index = rollover * 65536 + packet.readUInt16BE(2);
  const { key, auth, salt } = keys.rtp;
  const { gcm, rtpTag } = suites[keys.suite];
  if (gcm)
    return Buffer.concat([
      header,
      gcmOpen(keys.rtp, gcmIv(salt, ssrc, index), header, packet.subarray(header.length)),
    ]);
  const body = packet.subarray(0, -rtpTag);
  requireTag(sha1Tag(auth, [body, number(rollover, 4)], rtpTag), packet.subarray(-rtpTag));
  return Buffer.concat([header, ctr(key, counterIv(salt, ssrc, index), body.subarray(header.length))]);
}

/** RFC 3711, 3.4: 8 bytes in the clear; the E bit and the SRTCP index (31 bits) follow the ciphertext. */
export function protectRtcp(keys, packet, index) {
  const header = packet.subarray(0, 8);
  const ssrc = packet.subarray(4, 8);
  const trailer = number(0x80000000 + index, 4);
  const { key, auth, salt } = keys.rtcp;
  if (suites[keys.suite].gcm) {
    const sealed = gcmSeal(
      keys.rtcp,
      gcmIv(salt, ssrc, index),
      Buffer.concat([header, trailer]),
      packet.subarray(8),
    );
    return Buffer.concat([header, sealed, trailer]);
  }
  const body = Buffer.concat([header, ctr(key, counterIv(salt, ssrc, index), packet.subarray(8)), trailer]);
  return Buffer.concat([body, sha1Tag(auth, [body], suites[keys.suite].rtcpTag)]);
}

export function unprotectRtcp(keys, packet) {
  const { gcm, rtcpTag } = suites[keys.suite];
  const header = packet.subarray(0, 8);
  const ssrc = packet.subarray(4, 8);
  const trailerAt = packet.length - 4 - (gcm ? 0 : rtcpTag);
  const trailer = packet.subarray(trailerAt, trailerAt + 4);
  const index = trailer.readUInt32BE() - 0x80000000;
  const { key, auth, salt } = keys.rtcp;
  if (gcm) {
    const aad = Buffer.concat([header, trailer]);
    return {
      index,
      packet: Buffer.concat([
        header,
        gcmOpen(keys.rtcp, gcmIv(salt, ssrc, index), aad, packet.subarray(8, trailerAt)),
      ]),
    };
  }
  requireTag(sha1Tag(auth, [packet.subarray(0, trailerAt + 4)], rtcpTag), packet.subarray(-rtcpTag));
  return {
    index,
    packet: Buffer.concat([header, ctr(key, counterIv(salt, ssrc, index), packet.subarray(8, trailerAt))]),
  };
}
