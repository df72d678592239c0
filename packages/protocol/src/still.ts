import { z } from 'zod';
import { stillId } from './ids.ts';
import { STILL_MAX_BYTES, STILL_PIECE_MAX_BYTES } from './limits.ts';
import { instant } from './meeting-event.ts';

/** The last still image of a shared screen: what others need to know to ask for it. */
export const still = z.strictObject({
  stillId,
  bytes: z.int().min(1).max(STILL_MAX_BYTES),
  /** When it was whole at the hub, by its clock. */
  at: instant,
});
export type Still = z.infer<typeof still>;

export const stillType = z.enum(['image/webp', 'image/jpeg']);
export type StillType = z.infer<typeof stillType>;

/** Binary as it is on the wire: Node takes it in as a Buffer, which is a Uint8Array. */
export const stillPiece = z
  .instanceof(Uint8Array)
  .refine(({ byteLength }) => byteLength >= 1 && byteLength <= STILL_PIECE_MAX_BYTES);
/** In an answer; a browser is given an ArrayBuffer. */
export const stillPieceRead = z.union([z.instanceof(Uint8Array), z.instanceof(ArrayBuffer)]);
