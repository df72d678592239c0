import { looksLikeEmail } from '#lib/people/looks-like-email.ts';

/** Addresses as address books and letters write them: one on each line, or separated, with names around them or not. */
export function addressesIn(text: string): { emails: string[]; wrong: string[] } {
  const parts = text
    .split(/[\n,;]+/)
    .map((part) => /<([^<>]+)>/.exec(part)?.[1] ?? part)
    .map((part) => part.trim().toLowerCase())
    .filter(Boolean);
  const emails = [...new Set(parts.filter(looksLikeEmail))];
  return { emails, wrong: parts.filter((part) => !looksLikeEmail(part)) };
}
