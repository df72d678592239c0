/** The reference that the bridge is checked against, checked itself: the RFCs' own test vectors. */
import assert from 'node:assert/strict';
import test from 'node:test';
import * as reference from './reference.mjs';

const hex = (text) => Buffer.from(text.replace(/\s+/g, ''), 'hex');

test('AES counter mode gives the keystream of RFC 3711, B.2', () => {
  const key = hex('2B7E151628AED2A6ABF7158809CF4F3C');
  const iv = hex('F0F1F2F3F4F5F6F7F8F9FAFBFCFD0000');
  const stream = reference.keystream(key, iv, 0xff02 * 16);
  assert.deepEqual(
    stream.subarray(0, 48),
    hex('E03EAD0935C95E80E166B16DD92B4EB4 D23513162B02D0F72A43A2FE4A5F97AB 41E95B3BB0A2E8DD477901E4FCA894C0'),
  );
  assert.deepEqual(
    stream.subarray(-48),
    hex('EC8CDF7398607CB0F2D21675EA9EA1E4 362B7C3C6773516318A077D7FC5073AE 6A2CC3787889374FBEB4C81B17BA6C44'),
  );
});

test('Key derivation gives the keys of RFC 3711, B.3', () => {
  const keys = reference.sessionKeys(
    'AES_CM_128_HMAC_SHA1_80',
    hex('E1F97A0D3E018BE0D64FA32C06DE4139'),
    hex('0EC675AD498AFEEBB6960B3AABE6'),
  );
  assert.deepEqual(keys.rtp.key, hex('C61E7A93744F39EE10734AFE3FF7A087'));
  assert.deepEqual(keys.rtp.salt, hex('30CBBC08863D8C85D49DB34A9AE1'));
  assert.deepEqual(keys.rtp.auth, hex('CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4'));
});

const header = hex('8040f17b8041f8d35501a0b2');
const payload = Buffer.from('Gallia est omnis divisa in partes tres');
const salt = hex('517569642070726f2071756f');

/** The vectors state session keys, so nothing is derived here. */
const withSessionKey = (suite, key) => ({ suite, rtp: { key, salt }, rtcp: { key, salt } });

test('AEAD_AES_128_GCM gives the packet of RFC 7714, 16.1.1', () => {
  const keys = withSessionKey('AEAD_AES_128_GCM', hex('000102030405060708090a0b0c0d0e0f'));
  const sealed = hex(
    'f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce',
  );
  assert.deepEqual(
    reference.protectRtp(keys, Buffer.concat([header, payload])),
    Buffer.concat([header, sealed]),
  );
  assert.deepEqual(
    reference.unprotectRtp(keys, Buffer.concat([header, sealed])),
    Buffer.concat([header, payload]),
  );
});

test('AEAD_AES_256_GCM gives the packet of RFC 7714, 16.2.1', () => {
  const keys = withSessionKey(
    'AEAD_AES_256_GCM',
    hex('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'),
  );
  const sealed = hex(
    '32b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b7aa3db36dfffd6b0f9bb7878d7a76c13',
  );
  assert.deepEqual(
    reference.protectRtp(keys, Buffer.concat([header, payload])),
    Buffer.concat([header, sealed]),
  );
});
