import { createHmac, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { IceParameters } from '@relais/protocol';

const BINDING_REQUEST = 0x0001;
const MAGIC_COOKIE = 0x2112a442;
const INTEGRITY_LENGTH = 24;
const FINGERPRINT_LENGTH = 8;

/** The ICE check of a controlling browser that nominates the path at once (RFC 8445, 7.1). */
export function bindingRequest(remote: IceParameters): Buffer {
  const attributes = Buffer.concat([
    attribute(0x0006, Buffer.from(`${remote.usernameFragment}:test`)),
    attribute(0x0024, Buffer.from([0x6e, 0x7f, 0x1e, 0xff])),
    attribute(0x802a, randomBytes(8)),
    attribute(0x0025, Buffer.alloc(0)),
  ]);
  const header = Buffer.alloc(20);
  header.writeUInt16BE(BINDING_REQUEST, 0);
  header.writeUInt32BE(MAGIC_COOKIE, 4);
  randomBytes(12).copy(header, 8);

  header.writeUInt16BE(attributes.length + INTEGRITY_LENGTH, 2);
  const mac = createHmac('sha1', remote.password).update(header).update(attributes).digest();
  const signed = Buffer.concat([attributes, attribute(0x0008, mac)]);

  header.writeUInt16BE(signed.length + FINGERPRINT_LENGTH, 2);
  const fingerprint = Buffer.alloc(4);
  fingerprint.writeUInt32BE((crc32(Buffer.concat([header, signed])) ^ 0x5354554e) >>> 0);
  return Buffer.concat([header, signed, attribute(0x8028, fingerprint)]);
}

function attribute(type: number, value: Buffer): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt16BE(type, 0);
  header.writeUInt16BE(value.length, 2);
  return Buffer.concat([header, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}
