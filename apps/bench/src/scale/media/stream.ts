import { camera, microphone } from '@relais/testing';
import type { MediaKind, RtpParameters } from '@relais/protocol';

/** What somebody sends, as packets. */
export interface StreamShape {
  name: string;
  kind: MediaKind;
  /** Milliseconds from one burst (a sound, a picture) to the next. */
  everyMs: number;
  /** Packets of one burst, and bytes of what each carries. */
  packets: number;
  bytes: number;
}

/** Opus at 32 kbit/s without pauses. */
export const SOUND: StreamShape = {
  name: 'sound, 50 packets/s',
  kind: 'audio',
  everyMs: 20,
  packets: 1,
  bytes: 80,
};
/** VP8, fifteen pictures a second: a small tile, and a large one. */
export const SMALL_PICTURE: StreamShape = picture('picture, 150 kbit/s', 150_000, 2);
export const LARGE_PICTURE: StreamShape = picture('picture, 500 kbit/s', 500_000, 4);

function picture(name: string, bitsPerSecond: number, packets: number): StreamShape {
  const everyMs = 1000 / 15;
  return { name, kind: 'video', everyMs, packets, bytes: Math.round(bitsPerSecond / 8 / 15 / packets) };
}

export const packetsPerSecond = ({ packets, everyMs }: StreamShape) => (packets * 1000) / everyMs;

/** Number `index` of those that go through one transport. */
export function parametersOf({ kind }: StreamShape, index: number): RtpParameters {
  const ssrc = ssrcOf(index);
  if (kind === 'audio') return microphone(String(index), ssrc);
  const { encodings: _layers, ...rest } = camera(String(index), ssrc);
  return { ...rest, encodings: [{ ssrc, rtx: { ssrc: ssrc + 1 } }] };
}

export const ssrcOf = (index: number) => 10_000 + 10 * index;

/** Units of the RTP clock in one burst. */
export const ticksOf = ({ kind, everyMs }: StreamShape) => Math.round((kind === 'audio' ? 48 : 90) * everyMs);

const OPUS = 111;
const VP8 = 96;
/** Payload descriptor (RFC 7741) of a picture's first packet and of the others; then a key frame's first byte. */
const FIRST_OF_PICTURE = Buffer.from([0x10, 0x00]);
const LATER_OF_PICTURE = Buffer.from([0x00, 0x00]);

/** The RTP packets (RFC 3550) of burst number `burst`, in clear. Each picture is a key frame, so that anybody may begin with it. */
export function burstOf(shape: StreamShape, { burst, ssrc }: { burst: number; ssrc: number }): Buffer[] {
  return Array.from({ length: shape.packets }, (_, i) => {
    const isLast = i === shape.packets - 1;
    const header = Buffer.alloc(12);
    header.writeUInt8(0x80, 0);
    header.writeUInt8((isLast ? 0x80 : 0) | (shape.kind === 'audio' ? OPUS : VP8), 1);
    header.writeUInt16BE((burst * shape.packets + i) & 0xffff, 2);
    header.writeUInt32BE((burst * ticksOf(shape)) >>> 0, 4);
    header.writeUInt32BE(ssrc, 8);
    const head = shape.kind === 'audio' ? [] : [i === 0 ? FIRST_OF_PICTURE : LATER_OF_PICTURE];
    const payload = Buffer.concat([...head, Buffer.alloc(shape.bytes, 0x78)]).subarray(0, shape.bytes);
    return Buffer.concat([header, payload]);
  });
}
