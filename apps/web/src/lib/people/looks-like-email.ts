/** What lacks a part of an address, as one mistypes it; the server judges the rest. */
export function looksLikeEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/u.test(text.trim());
}
