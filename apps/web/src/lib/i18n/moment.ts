/** "14 mars 2026 à 9 h 05": a day and its hour, by the clock of whoever reads it. */
export function momentOf(tag: string, at: number, dateStyle: 'long' | 'medium' = 'long'): string {
  return hoursInOnePiece(tag, new Intl.DateTimeFormat(tag, { dateStyle, timeStyle: 'short' }).format(at));
}

/** "9 h", "13 h 30", "9:30 a.m.": hours as each language writes them, never broken over two lines. */
export function hoursInOnePiece(tag: string, said: string): string {
  if (!tag.startsWith('fr'))
    return said.replace(
      /(\d+:\d+)\s([ap])\.\s?m\./u,
      (_, time: string, half: string) => `${time}\u00a0${half}.m.`,
    );
  return said.replace(/0?(\d{1,2})\s?h\s?(\d{2})/u, (_, hour: string, minutes: string) =>
    minutes === '00' ? `${hour}\u00a0h` : `${hour}\u00a0h\u00a0${minutes}`,
  );
}
