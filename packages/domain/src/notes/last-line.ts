/** Control characters, and halves of a letter that a cut has left. */
const UNREADABLE = /[\p{Cc}\p{Cs}]+/gu;

/** [NOTE-8] The last line with something in it, at most `most` characters of it; empty when there is none. */
export function lastLine(text: string, most: number): string {
  let end = text.length;
  while (end > 0) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(start, end).replace(UNREADABLE, ' ').trim();
    if (line) return shortened(line, most);
    end = start - 1;
  }
  return '';
}

/** Whole letters only; three points say that there is more. */
function shortened(line: string, most: number): string {
  if (line.length <= most) return line;
  return `${line
    .slice(0, most - 1)
    .replace(/[\uD800-\uDBFF]$/u, '')
    .trimEnd()}…`;
}
