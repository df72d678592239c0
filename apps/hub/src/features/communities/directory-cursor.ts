import { z } from 'zod';
import type { DirectoryCursor } from '../../ports/community-store.ts';

/** What of names and ids there is to be told apart; NUL is what PostgreSQL refuses. */
const text = z
  .string()
  .max(200)
  .refine((one) => one.isWellFormed() && !one.includes('\u0000'));
const cursor = z.tuple([text, text]);

/** Where a page of the directory goes on, as browsers hand it back. */
export function cursorText({ name, personId }: DirectoryCursor): string {
  return Buffer.from(JSON.stringify([name, personId])).toString('base64url');
}

/** Undefined: it is none that was told. */
export function cursorIn(told: string): DirectoryCursor | undefined {
  try {
    const read = cursor.safeParse(JSON.parse(Buffer.from(told, 'base64url').toString()));
    return read.success ? { name: read.data[0], personId: read.data[1] } : undefined;
  } catch {
    return undefined;
  }
}
