import { z } from 'zod';
import { participantId } from './ids.ts';

/** Proves that a seat is one's own: given in the answer to the first join, kept by the tab. */
export const seat = z.strictObject({ participantId, token: z.string().min(1).max(128) });
export type Seat = z.infer<typeof seat>;
