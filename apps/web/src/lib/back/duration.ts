/** "45 secondes", "3 minutes", "2 heures": how long somebody was away, in one number. */
export function durationWords(tag: string, ms: number): string {
  const seconds = Math.round(ms / 1000);
  const [value, unit] =
    seconds < 60
      ? [seconds, 'second']
      : seconds < 3600
        ? [Math.round(seconds / 60), 'minute']
        : [Math.round(seconds / 3600), 'hour'];
  return new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}
