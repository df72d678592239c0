const ETHERNET_BYTES = 14;
const IPV4 = 0x0800;
const TCP = 6;
const UDP = 17;

/**
 * Writes the TCP or UDP checksum into an Ethernet frame. The kernel leaves it to the network card's hardware, which here is
 * no card but us; the receiving kernel would drop the packet.
 */
export function writeChecksum(frame: Buffer): void {
  if (frame.length < ETHERNET_BYTES + 20 || frame.readUInt16BE(12) !== IPV4) return;
  const packet = frame.subarray(ETHERNET_BYTES);
  const headerBytes = (packet[0]! & 0x0f) * 4;
  const isFragment = (packet.readUInt16BE(6) & 0x3fff) !== 0;
  const protocol = packet[9]!;
  const at = protocol === TCP ? 16 : protocol === UDP ? 6 : undefined;
  const segment = packet.subarray(headerBytes, packet.readUInt16BE(2));
  if (at === undefined || isFragment || segment.length < at + 2) return;
  segment.writeUInt16BE(0, at);
  // The pseudo-header: both addresses, protocol and length.
  const pseudo = sumOf(packet.subarray(12, 20)) + protocol + segment.length;
  const sum = ~folded(pseudo + sumOf(segment)) & 0xffff;
  // 0 says "none" in UDP.
  segment.writeUInt16BE(sum === 0 && protocol === UDP ? 0xffff : sum, at);
}

function sumOf(bytes: Buffer): number {
  let sum = 0;
  const even = bytes.length & ~1;
  for (let i = 0; i < even; i += 2) sum += (bytes[i]! << 8) | bytes[i + 1]!;
  return even < bytes.length ? sum + (bytes[even]! << 8) : sum;
}

function folded(sum: number): number {
  let rest = sum;
  while (rest > 0xffff) rest = (rest & 0xffff) + Math.floor(rest / 0x10000);
  return rest;
}
