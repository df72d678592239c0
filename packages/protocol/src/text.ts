import { z } from 'zod';
import { MESSAGE_MAX_LENGTH, NAME_MAX_LENGTH, TITLE_MAX_LENGTH } from './limits.ts';

/** Milliseconds since 1970, by the hub's clock. */
export const instant = z.int().min(0);

/** Half of a surrogate pair alone: JSON carries it, PostgreSQL refuses it. */
const isWellFormed = (text: string) => text.isWellFormed();

/** A printable line: trimmed, no control characters, not empty. */
export const line = (max: number) =>
  z
    .string()
    .max(max)
    .trim()
    .min(1)
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u)
    .refine(isWellFormed);

/** Line breaks and tabs are kept; other control characters (the NUL that PostgreSQL refuses) are not taken; not only blanks. */
export const paragraphs = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/)
    .refine((text) => text.trim().length > 0)
    .refine(isWellFormed);

export const personName = line(NAME_MAX_LENGTH);
export const meetingTitle = line(TITLE_MAX_LENGTH);
/** [CHAT-5] */
export const messageText = paragraphs(MESSAGE_MAX_LENGTH);
