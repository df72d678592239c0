/** The bridge to libsrtp 2 that the worker is built with, against an independent implementation. */
import assert from 'node:assert/strict';
import test, { after, describe } from 'node:test';
import { startDriver } from './driver.mjs';
import { SSRC, bytes, flipped, rtcp, rtp } from './packets.mjs';
import { protectRtcp, protectRtp, sessionKeys, suites, unprotectRtcp, unprotectRtp } from './reference.mjs';

const BAD_PARAM = 2;
const AUTH_FAIL = 7;
const REPLAY_FAIL = 9;
const REPLAY_OLD = 10;
const BAD_MKI = 25;
const BUFFER_SMALL = 28;

const driver = startDriver(process.env.RELAIS_BRIDGE_DRIVER);
let created = 0;

/** A fresh session of the bridge in one direction, and the reference's keys for the same master key. */
async function session(suite, direction, seed = 'key') {
  const { keyLength, saltLength } = suites[suite];
  const [key, salt] = [bytes(`${suite} ${seed}`, keyLength), bytes(`${suite} ${seed} salt`, saltLength)];
  const name = `s${(created += 1)}`;
  const answer = await driver.create(name, direction, suite, key, salt);
  assert.equal(answer.code, 0);
  return { name, keys: sessionKeys(suite, key, salt) };
}

/** Wrong tags are told apart from malformed packets; a truncated packet may be either. */
function refused(answer, code, message) {
  assert.equal(answer.ok, false, `accepted ${message ?? ''}`);
  if (code) assert.equal(answer.code, code, message);
}

const shapes = [
  {},
  { sources: 2 },
  { extensionWords: 0 },
  { extensionWords: 3 },
  { sources: 15, extensionWords: 1 },
];
const lengths = [0, 1, 15, 16, 17, 160, 1000, 1187];

for (const suite of Object.keys(suites)) {
  describe(suite, () => {
    test('RTP protected by the bridge is what the reference makes, byte for byte', async () => {
      const { name, keys } = await session(suite, 'out');
      let sequence = 1000;
      for (const shape of shapes) {
        for (const length of lengths) {
          const packet = rtp((sequence += 1), bytes(sequence, length), shape);
          const { bytes: protectedPacket } = await driver.protect(name, packet);
          assert.deepEqual(protectedPacket, protectRtp(keys, packet));
          assert.deepEqual(unprotectRtp(keys, protectedPacket), packet);
        }
      }
    });

    test('RTP protected by the reference is read by the bridge, in place and from buffer to buffer', async () => {
      const { name, keys } = await session(suite, 'in');
      for (const [i, shape] of shapes.entries()) {
        const [one, other] = [rtp(2000 + 2 * i, undefined, shape), rtp(2001 + 2 * i, undefined, shape)];
        assert.deepEqual((await driver.unprotect(name, protectRtp(keys, one))).bytes, one);
        const sealed = protectRtp(keys, other);
        assert.deepEqual((await driver.unprotect(name, sealed, sealed.length)).bytes, other);
      }
    });

    test('RTCP goes both ways, with an index that rises', async () => {
      const [out, into] = [await session(suite, 'out'), await session(suite, 'in')];
      let last = -1;
      for (const length of [8, 12, 32, 400, 1200]) {
        const packet = rtcp(length, length);
        const sealed = (await driver.protectRtcp(out.name, packet)).bytes;
        const opened = unprotectRtcp(out.keys, sealed);
        assert.deepEqual(opened.packet, packet);
        assert.ok(opened.index > last);
        last = opened.index;
        assert.deepEqual(sealed, protectRtcp(out.keys, packet, opened.index));
        assert.deepEqual(
          (await driver.unprotectRtcp(into.name, protectRtcp(into.keys, packet, 7 + length))).bytes,
          packet,
        );
      }
    });

    test('The sequence number may go round: the rollover counter is part of what is protected', async () => {
      const [out, into] = [await session(suite, 'out'), await session(suite, 'in')];
      for (const index of [65534, 65535, 65536, 65537]) {
        const packet = rtp(index);
        const sealed = protectRtp(out.keys, packet, Math.floor(index / 65536));
        assert.deepEqual((await driver.protect(out.name, packet)).bytes, sealed);
        assert.deepEqual((await driver.unprotect(into.name, sealed)).bytes, packet);
      }
    });

    test('A packet under another key is refused', async () => {
      const [{ name }, other] = [await session(suite, 'in'), await session(suite, 'in', 'another key')];
      refused(await driver.unprotect(name, protectRtp(other.keys, rtp(1))), AUTH_FAIL);
      refused(await driver.unprotectRtcp(name, protectRtcp(other.keys, rtcp(1), 1)), AUTH_FAIL);
    });

    test('A packet in which any one bit of any byte was changed is refused, and the true one still accepted', async () => {
      const { name, keys } = await session(suite, 'in');
      const packet = rtp(500, undefined, { sources: 1, extensionWords: 1 });
      const sealed = protectRtp(keys, packet);
      for (let at = 0; at < sealed.length; at += 1) {
        refused(
          await driver.unprotect(name, flipped(sealed, at, 1 << (at % 8))),
          undefined,
          `with byte ${at} changed`,
        );
      }
      assert.deepEqual((await driver.unprotect(name, sealed)).bytes, packet);
      const control = protectRtcp(keys, rtcp(1), 5);
      for (let at = 0; at < control.length; at += 1) {
        refused(
          await driver.unprotectRtcp(name, flipped(control, at, 1 << (at % 8))),
          undefined,
          `RTCP with byte ${at} changed`,
        );
      }
      assert.deepEqual((await driver.unprotectRtcp(name, control)).bytes, rtcp(1));
    });

    test('A wrong tag says so', async () => {
      const { name, keys } = await session(suite, 'in');
      const sealed = protectRtp(keys, rtp(1));
      refused(await driver.unprotect(name, flipped(sealed, sealed.length - 1)), AUTH_FAIL);
      const control = protectRtcp(keys, rtcp(1), 5);
      // The tag of GCM stands in front of the index, that of SHA-1 behind it.
      refused(
        await driver.unprotectRtcp(name, flipped(control, control.length - (suites[suite].gcm ? 5 : 1))),
        AUTH_FAIL,
      );
    });

    test('A truncated packet is refused at every length', async () => {
      const { name, keys } = await session(suite, 'in');
      const sealed = protectRtp(keys, rtp(1, undefined, { sources: 1, extensionWords: 2 }));
      const control = protectRtcp(keys, rtcp(1), 1);
      for (let length = 0; length < sealed.length; length += 1) {
        refused(
          await driver.unprotect(name, sealed.subarray(0, length)),
          undefined,
          `RTP of ${length} bytes`,
        );
      }
      for (let length = 0; length < control.length; length += 1) {
        refused(
          await driver.unprotectRtcp(name, control.subarray(0, length)),
          undefined,
          `RTCP of ${length} bytes`,
        );
      }
    });

    test('A header that claims more than the packet holds is refused', async () => {
      const [into, out] = [await session(suite, 'in'), await session(suite, 'out')];
      const claims = [flipped(rtp(1), 0, 0x0f), flipped(rtp(2, undefined, { extensionWords: 1 }), 14, 0xff)];
      for (const packet of claims) {
        refused(await driver.unprotect(into.name, packet));
        refused(await driver.protect(out.name, packet));
      }
    });

    test('A replayed packet is refused', async () => {
      const { name, keys } = await session(suite, 'in');
      const [sealed, control] = [protectRtp(keys, rtp(10)), protectRtcp(keys, rtcp(1), 10)];
      assert.equal((await driver.unprotect(name, sealed)).ok, true);
      refused(await driver.unprotect(name, sealed), REPLAY_FAIL);
      assert.equal((await driver.unprotectRtcp(name, control)).ok, true);
      refused(await driver.unprotectRtcp(name, control), REPLAY_FAIL);
    });

    test('The window for late packets is 1024 wide: inside it once, outside of it never', async () => {
      const { name, keys } = await session(suite, 'in');
      assert.equal((await driver.unprotect(name, protectRtp(keys, rtp(5000)))).ok, true);
      const late = protectRtp(keys, rtp(5000 - 1000));
      assert.equal((await driver.unprotect(name, late)).ok, true);
      refused(await driver.unprotect(name, late), REPLAY_FAIL);
      refused(await driver.unprotect(name, protectRtp(keys, rtp(5000 - 1100))), REPLAY_OLD);
    });

    test('The same packet may be sent twice, and is the same then', async () => {
      const { name } = await session(suite, 'out');
      const first = await driver.protect(name, rtp(77));
      assert.equal((await driver.protect(name, rtp(78))).ok, true);
      assert.deepEqual((await driver.protect(name, rtp(77))).bytes, first.bytes);
    });

    test('A removed stream is forgotten, and no other is', async () => {
      const { name, keys } = await session(suite, 'in');
      const [mine, other] = [
        protectRtp(keys, rtp(10)),
        protectRtp(keys, rtp(10, undefined, { ssrc: 0x01020304 })),
      ];
      await driver.unprotect(name, mine);
      await driver.unprotect(name, other);
      assert.equal((await driver.remove(name, SSRC)).ok, true);
      // Its memory of what arrived is gone with it; the other stream still knows.
      assert.equal((await driver.unprotect(name, mine)).ok, true);
      refused(await driver.unprotect(name, other), REPLAY_FAIL);
      refused(await driver.remove(name, 0x7fffffff));
    });

    test('An output buffer that might not suffice is refused, and left alone', async () => {
      const [out, into] = [await session(suite, 'out'), await session(suite, 'in')];
      refused(await driver.protect(out.name, rtp(1), rtp(1).length + 15), BUFFER_SMALL);
      assert.equal((await driver.protect(out.name, rtp(1), rtp(1).length + 16)).ok, true);
      refused(await driver.protectRtcp(out.name, rtcp(1), rtcp(1).length + 19), BUFFER_SMALL);
      assert.equal((await driver.protectRtcp(out.name, rtcp(1), rtcp(1).length + 20)).ok, true);
      const sealed = protectRtp(into.keys, rtp(1));
      refused(await driver.unprotect(into.name, sealed, sealed.length - 1), BUFFER_SMALL);
      assert.equal((await driver.unprotect(into.name, sealed, sealed.length)).ok, true);
    });

    test('Keys and salts of another length than the suite has are refused', async () => {
      const { keyLength, saltLength } = suites[suite];
      const [key, salt] = [bytes('k', keyLength), bytes('s', saltLength)];
      for (const [k, s] of [
        [key.subarray(1), salt],
        [key, salt.subarray(1)],
        [bytes('k', keyLength + 1), salt],
        [key, bytes('s', 20)],
      ]) {
        refused(await driver.create('refused', 'in', suite, k, s), BAD_PARAM);
      }
      refused(await driver.create('refused', 'in', suite, key, salt, bytes('mki', 2)), BAD_PARAM);
      refused(await driver.create('refused', 'in', suite, Buffer.alloc(0), Buffer.alloc(0)), BAD_PARAM);
    });
  });
}

test('The packet that libsrtp and others publish for the master key of RFC 3711, B.3, comes out', async () => {
  const [key, salt] = ['e1f97a0d3e018be0d64fa32c06de4139', '0ec675ad498afeebb6960b3aabe6'].map((text) =>
    Buffer.from(text, 'hex'),
  );
  await driver.create('published', 'out', 'AES_CM_128_HMAC_SHA1_80', key, salt);
  const packet = Buffer.from(`800f1234decafbadcafebabe${'ab'.repeat(16)}`, 'hex');
  const { text } = await driver.protect('published', packet);
  assert.equal(text, '800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb');
});

test('Packets that are sent without encryption cannot be asked for', async () => {
  refused(await driver.create('null', 'out', 'NULL_HMAC_SHA1_80', bytes('k', 16), bytes('s', 14)), BAD_PARAM);
});

test('A replay window outside of what RFC 3711 allows is refused', async () => {
  for (const size of [0, 63, 0x8000]) refused(await driver.window(size), BAD_PARAM);
  for (const size of [64, 1024, 0x7fff]) assert.equal((await driver.window(size)).ok, true);
});

test('A key identifier is refused, since no key has one', async () => {
  const { name } = await session('AEAD_AES_128_GCM', 'out');
  refused(await driver.protect(name, rtp(1), 1000, 1), BAD_MKI);
  refused(await driver.protectRtcp(name, rtcp(1), 1000, 1), BAD_MKI);
});

test('A packet that is longer than any network carries is refused', async () => {
  const { name } = await session('AEAD_AES_128_GCM', 'out');
  refused(await driver.protect(name, rtp(1, Buffer.alloc(65_536))), BAD_PARAM);
});

test('The error codes that only libsrtp 3 has follow those of libsrtp 2', async () => {
  assert.equal((await driver.codes()).text, '28,29');
});

after(async () => {
  const { code, complaint } = await driver.end();
  assert.equal(code, 0, complaint);
});
