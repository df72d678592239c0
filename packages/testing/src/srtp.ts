import { createCipheriv, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * SRTP with AES_CM_128_HMAC_SHA1_80 (RFC 3711) on Node's own primitives: a second implementation, to hold the
 * worker's against. For streams of fewer than 65,536 packets that begin at 0, so without a rollover counter.
 */
export class Srtp {
  readonly #cipherKey: Buffer;
  readonly #authKey: Buffer;
  readonly #salt: Buffer;

  constructor(masterKey: Buffer, masterSalt: Buffer) {
    this.#cipherKey = derive(masterKey, masterSalt, 0, 16);
    this.#authKey = derive(masterKey, masterSalt, 1, 20);
    this.#salt = derive(masterKey, masterSalt, 2, 14);
  }

  protect(rtp: Buffer): Buffer {
    const packet = this.#crypt(rtp);
    return Buffer.concat([packet, this.#tag(packet)]);
  }

  /** The packet in clear, or undefined if its tag is not that of its content. */
  unprotect(srtp: Buffer): Buffer | undefined {
    const packet = srtp.subarray(0, -TAG_LENGTH);
    const authentic = timingSafeEqual(this.#tag(packet), srtp.subarray(-TAG_LENGTH));
    return authentic ? this.#crypt(packet) : undefined;
  }

  #tag(packet: Buffer): Buffer {
    const rollover = Buffer.alloc(4);
    return createHmac('sha1', this.#authKey).update(packet).update(rollover).digest().subarray(0, TAG_LENGTH);
  }

  #crypt(packet: Buffer): Buffer {
    const iv = Buffer.alloc(16);
    this.#salt.copy(iv);
    for (let i = 0; i < 4; i += 1) iv[4 + i] = (iv[4 + i] ?? 0) ^ (packet[8 + i] ?? 0);
    for (let i = 0; i < 2; i += 1) iv[12 + i] = (iv[12 + i] ?? 0) ^ (packet[2 + i] ?? 0);
    const start = headerLength(packet);
    const cipher = createCipheriv('aes-128-ctr', this.#cipherKey, iv);
    return Buffer.concat([packet.subarray(0, start), cipher.update(packet.subarray(start))]);
  }
}

const TAG_LENGTH = 10;

/** Key derivation of RFC 3711, 4.3, with a derivation rate of zero. */
function derive(key: Buffer, salt: Buffer, label: number, length: number): Buffer {
  const iv = Buffer.alloc(16);
  salt.copy(iv);
  iv[7] = (iv[7] ?? 0) ^ label;
  return createCipheriv('aes-128-ctr', key, iv).update(Buffer.alloc(length));
}

export function headerLength(packet: Buffer): number {
  const first = packet.readUInt8(0);
  const fixed = 12 + 4 * (first & 0x0f);
  return first & 0x10 ? fixed + 4 + 4 * packet.readUInt16BE(fixed + 2) : fixed;
}
