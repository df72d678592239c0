/** Payload type and header extension of `microphone()` in @relais/testing. */
const OPUS = 111;
const VP8 = 96;
const AUDIO_LEVEL_ID = 1;
/** Samples in 20 ms at 48 kHz. */
const SAMPLES = 960;

interface OpusPacket {
  sequence: number;
  ssrc: number;
  /** Below full scale, in dB: 0 is loudest, 127 silence (RFC 6464). */
  level: number;
}

/** One key frame of VP8 in one packet (RFC 7741), 16 by 16 pixels of nothing, with the payload type of `camera()`. */
export function vp8KeyFrame({ sequence, ssrc }: { sequence: number; ssrc: number }): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt8(0x80, 0);
  header.writeUInt8(0x80 | VP8, 1);
  header.writeUInt16BE(sequence & 0xffff, 2);
  header.writeUInt32BE((sequence * 3000) >>> 0, 4);
  header.writeUInt32BE(ssrc, 8);
  const frame = Buffer.from([0x10, 0x10, 0x02, 0x00, 0x9d, 0x01, 0x2a, 0x10, 0x00, 0x10, 0x00]);
  return Buffer.concat([header, frame, Buffer.alloc(50)]);
}

/** One RTP packet (RFC 3550) with the audio level in a one-byte header extension (RFC 8285). */
export function opusPacket({ sequence, ssrc, level }: OpusPacket): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt8(0x90, 0);
  header.writeUInt8(OPUS, 1);
  header.writeUInt16BE(sequence & 0xffff, 2);
  header.writeUInt32BE((sequence * SAMPLES) >>> 0, 4);
  header.writeUInt32BE(ssrc, 8);
  header.writeUInt16BE(0xbede, 12);
  header.writeUInt16BE(1, 14);
  header.writeUInt8(AUDIO_LEVEL_ID << 4, 16);
  header.writeUInt8(0x80 | level, 17);
  return Buffer.concat([header, Buffer.alloc(60, 0x78)]);
}

/** What a sender says of its clock (RFC 3550, 6.4.1): now is that timestamp of its stream. */
export function senderReport({ ssrc, timestamp }: { ssrc: number; timestamp: number }): Buffer {
  const report = Buffer.alloc(28);
  report.writeUInt8(0x80, 0);
  report.writeUInt8(200, 1);
  report.writeUInt16BE(6, 2);
  report.writeUInt32BE(ssrc, 4);
  const now = Date.now();
  const SECONDS_1900_TO_1970 = 2_208_988_800;
  report.writeUInt32BE((Math.floor(now / 1000) + SECONDS_1900_TO_1970) >>> 0, 8);
  report.writeUInt32BE(Math.floor(((now % 1000) / 1000) * 2 ** 32), 12);
  report.writeUInt32BE(timestamp >>> 0, 16);
  return report;
}
