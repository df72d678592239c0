import { looksLikeEmail } from '#lib/people/looks-like-email.ts';

/**
 * The addresses of a pasted list: one a line, or between commas, semicolons or blanks; of "Louise Côté <louise@exemple.org>" the address.
 * Whoever is there twice is there once. `wrong`: what has an @ and is no address.
 */
export function readInvited(text: string): { emails: string[]; wrong: string[] } {
  const parts = text
    .split(/[\s,;<>"()]+/u)
    .map((part) => part.replace(/^mailto:/i, '').toLowerCase())
    .filter((part) => part.includes('@'));
  const all = [...new Set(parts)];
  return { emails: all.filter(looksLikeEmail), wrong: all.filter((part) => !looksLikeEmail(part)) };
}
