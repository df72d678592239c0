/** What becomes of a text: so many characters go at a place, and others come there. */
export interface TextEdit {
  at: number;
  remove: number;
  insert: string;
}

/**
 * The one edit that leads from a text to another, as near to the caret as it may be: of equal letters side by side it is the one
 * that was typed. Letters of two units stay whole. Undefined: they are the same.
 */
export function editBetween(before: string, after: string, caret: number): TextEdit | undefined {
  if (before === after) return undefined;
  const most = Math.min(before.length, after.length);
  let end = 0;
  const afterCaret = Math.min(most, after.length - caret);
  while (end < afterCaret && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  let at = 0;
  while (at < most - end && before[at] === after[at]) at += 1;
  while (end < most - at && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  if (at > 0 && isFirstHalf(before, at - 1)) at -= 1;
  if (end > 0 && isSecondHalf(before, before.length - end)) end -= 1;
  return { at, remove: before.length - end - at, insert: after.slice(at, after.length - end) };
}

/** Where a place in the text is after somebody else's edit; what is written exactly there comes after it. */
export function moved(place: number, { at, remove, insert }: TextEdit): number {
  if (place <= at) return place;
  if (place < at + remove) return at;
  return place + insert.length - remove;
}

/** A long text in pieces that each fit into one change. */
export function piecesOf(text: string, length: number): string[] {
  const pieces: string[] = [];
  for (let from = 0; from < text.length;) {
    let to = Math.min(text.length, from + length);
    if (to < text.length && isFirstHalf(text, to - 1)) to -= 1;
    pieces.push(text.slice(from, to));
    from = to;
  }
  return pieces;
}

const isFirstHalf = (text: string, at: number) => (text.charCodeAt(at) & 0xfc00) === 0xd800;
const isSecondHalf = (text: string, at: number) => (text.charCodeAt(at) & 0xfc00) === 0xdc00;
