/** "Marie-Ève Côté" → "MC", "Ana" → "A"; works on whatever letters a name is written with. */
export function initials(name: string): string {
  const words = name.split(/[\s.]+/u).filter((word) => /\p{L}|\p{N}/u.test(word));
  const first = words[0];
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  return [first, last].map((word) => (word ? firstLetter(word) : '')).join('');
}

function firstLetter(word: string): string {
  return (/\p{L}|\p{N}/u.exec(word)?.[0] ?? '').toLocaleUpperCase('fr-CA');
}

/** Grounds on which white letters have a contrast of 5:1 or more, and which stand apart from the stage. */
export const AVATAR_COLOURS = [
  '#2f6f5e',
  '#7a4b9a',
  '#a2453a',
  '#2b6a9e',
  '#83620f',
  '#9b3f6e',
  '#4a6b2a',
  '#5a5fb0',
  '#8a5230',
  '#2a7280',
] as const;

/** The same person has the same colour on every screen. */
export function colourOf(seed: string): string {
  let hash = 0;
  for (const character of seed) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return AVATAR_COLOURS[hash % AVATAR_COLOURS.length] ?? AVATAR_COLOURS[0];
}
