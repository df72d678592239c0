import { fail, ok, Serial, SerialOverflow, type Result } from '@relais/kit';
import sharp from 'sharp';

/** Of the square that a photo becomes: sharp on a directory's page, some 15 kB. */
const SIDE = 320;
/** A picture of 60 million points is larger than what telephones take; more would only fill the memory. */
const MOST_PIXELS = 60_000_000;
const LONGEST_SECONDS = 10;
/** How many may wait for their turn: one is read at a time. */
const MOST_WAITING = 8;

sharp.cache(false);
sharp.concurrency(1);

/** What the first bytes have to be; anything else is not even handed to a decoder. */
const KINDS: readonly ((bytes: Uint8Array) => boolean)[] = [
  (bytes) => startsWith(bytes, [0xff, 0xd8, 0xff]),
  (bytes) => startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  (bytes) =>
    startsWith(bytes, [0x52, 0x49, 0x46, 0x46]) && startsWith(bytes.subarray(8), [0x57, 0x45, 0x42, 0x50]),
];
const startsWith = (bytes: Uint8Array, magic: readonly number[]) =>
  magic.every((byte, i) => bytes[i] === byte);

const turns = new Serial(MOST_WAITING);

/**
 * [PEOPLE-8] A photo as it is kept: decoded and written anew as a small WebP, so that nothing of what was sent stays but its
 * points: no place where it was taken, no hidden file.
 */
export async function readPhoto(
  bytes: Uint8Array,
): Promise<Result<Uint8Array, { kind: 'notAPhoto' } | { kind: 'unavailable' }>> {
  if (!KINDS.some((isKind) => isKind(bytes))) return fail({ kind: 'notAPhoto' });
  try {
    return ok(await turns.run(() => redraw(bytes)));
  } catch (error) {
    return fail({ kind: error instanceof SerialOverflow ? 'unavailable' : 'notAPhoto' });
  }
}

function redraw(bytes: Uint8Array): Promise<Uint8Array> {
  return sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', pages: 1 })
    .autoOrient()
    .resize(SIDE, SIDE, { fit: 'cover' })
    .flatten({ background: '#ffffff' })
    .webp({ quality: 78 })
    .timeout({ seconds: LONGEST_SECONDS })
    .toBuffer();
}
