/** "14 h 32" or "2:32 p.m.": the time of day, in one piece. */
export function clockTime(tag: string, at: number): string {
  const time = new Intl.DateTimeFormat(tag, { hour: 'numeric', minute: '2-digit' }).format(at);
  return time.replaceAll(' ', '\u00a0');
}

/** "mercredi 12 mars": a day, with the year when it is not this one. */
export function dayName(tag: string, at: number, now: number): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(tag, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(at);
}

/** "Louise, Marc et Ana". */
export function nameList(tag: string, names: readonly string[]): string {
  return new Intl.ListFormat(tag, { type: 'conjunction' }).format(names);
}
