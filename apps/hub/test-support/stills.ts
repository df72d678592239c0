import { STILL_PIECE_MAX_BYTES, type RequestInput } from '@relais/protocol';
import { camera } from '@relais/testing';
import type { Browser } from './browser.ts';
import { MEDIA } from './hub-rig.ts';

/** What begins as a WebP does, and is one in nothing else. */
export function someWebp(bytes: number, fill = 7): Uint8Array<ArrayBuffer> {
  const content = new Uint8Array(bytes).fill(fill);
  content.set([0x52, 0x49, 0x46, 0x46], 0);
  content.set([0x57, 0x45, 0x42, 0x50], 8);
  return content;
}

/** One piece of an image, as a sharer sends it. */
export function pieceOf(
  stillId: string,
  content: Uint8Array,
  offset: number,
  length = STILL_PIECE_MAX_BYTES,
): RequestInput<'still:put'> {
  const piece = Uint8Array.from(content.subarray(offset, offset + length));
  return {
    stillId: stillId,
    type: 'image/webp',
    bytes: content.byteLength,
    offset,
    piece,
  };
}

/** Sends a whole image; the kind of the refusal that ended it, or 'accepted'. */
export async function putStill(browser: Browser, stillId: string, content: Uint8Array): Promise<string> {
  for (let offset = 0; offset < content.byteLength; offset += STILL_PIECE_MAX_BYTES) {
    const outcome = await browser.attempt('still:put', pieceOf(stillId, content, offset));
    if (outcome !== 'accepted') return outcome;
  }
  return 'accepted';
}

/** Begins to share a screen; gives the producer's id, to end it with. */
export async function shareScreen(browser: Browser) {
  const { peerId } = await browser.call('media:open', MEDIA);
  const { producerId } = await browser.call('media:produce', {
    peerId,
    source: 'screen',
    kind: 'video',
    rtpParameters: camera(),
    paused: false,
  });
  return producerId;
}
