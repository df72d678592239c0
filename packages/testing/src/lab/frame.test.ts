import { describe, expect, test } from 'vitest';
import { writeChecksum } from './frame.ts';

/** An Ethernet frame around an IPv4 packet from 10.0.0.1 to 10.0.0.2. */
function frameOf(protocol: number, segment: Buffer): Buffer {
  const header = Buffer.alloc(34);
  header.writeUInt16BE(0x0800, 12);
  header[14] = 0x45;
  header.writeUInt16BE(20 + segment.length, 16);
  header[23] = protocol;
  header.set([10, 0, 0, 1, 10, 0, 0, 2], 26);
  return Buffer.concat([header, segment]);
}

/** The sum over pseudo-header and segment that a receiver makes: all ones when nothing is wrong. */
function receiversSum(frame: Buffer): number {
  const segment = frame.subarray(34);
  const bytes = Buffer.concat([
    frame.subarray(26, 34),
    Buffer.from([0, frame[23]!]),
    Buffer.alloc(2),
    segment,
  ]);
  bytes.writeUInt16BE(segment.length, 10);
  let sum = 0;
  for (let i = 0; i < bytes.length; i += 2) sum += (bytes[i]! << 8) | (bytes[i + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return sum;
}

describe('the checksums that no card writes', () => {
  test.each([
    ['UDP', 17, 6, 1200],
    ['UDP', 17, 6, 33],
    ['TCP', 6, 16, 1460],
    ['TCP', 6, 16, 21],
  ])('%s, %#: a receiver finds them right', (_name, protocol, at, length) => {
    const segment = Buffer.from(Array.from({ length }, (_, i) => (i * 31 + 7) & 0xff));
    segment.writeUInt16BE(0x1234, at);
    const frame = frameOf(protocol, segment);
    writeChecksum(frame);
    expect(receiversSum(frame)).toBe(0xffff);
  });

  test('what is neither, or too short, is left as it is', () => {
    const arp = Buffer.alloc(42, 1);
    const short = Buffer.alloc(10, 1);
    const icmp = frameOf(1, Buffer.alloc(16, 3));
    for (const frame of [arp, short, icmp]) {
      const before = Buffer.from(frame);
      writeChecksum(frame);
      expect(frame).toEqual(before);
    }
  });
});
