const MEGABYTE = 1_000_000;
const GIGABYTE = 1000 * MEGABYTE;

/** "34 Mo", "1,2 Go": as data plans are written, by thousands. Pure. */
export function sizeIn(tag: string, bytes: number): string {
  const isLarge = bytes >= 0.9995 * GIGABYTE;
  const value = bytes / (isLarge ? GIGABYTE : MEGABYTE);
  const format = new Intl.NumberFormat(tag, {
    style: 'unit',
    unit: isLarge ? 'gigabyte' : 'megabyte',
    maximumFractionDigits: value < 9.95 ? 1 : 0,
  });
  return format.format(value).replaceAll(' ', '\u00a0');
}

/** As an estimate: in two figures, and no exactness that it does not have. */
export function aboutSizeIn(tag: string, bytes: number): string {
  return sizeIn(tag, Math.max(0.1 * MEGABYTE, twoFigures(bytes)));
}

const HOUR_MINUTES = 60;

/** "8 minutes", "2,5 heures": how long so many bytes last at so many an hour; never more than a hundred hours. */
export function lastingIn(tag: string, bytes: number, perHour: number): string {
  const hours = Math.min(100, perHour > 0 ? bytes / perHour : 100);
  const isLong = hours >= 1.5;
  const value = isLong ? (hours < 10 ? Math.round(hours * 2) / 2 : twoFigures(hours)) : hours * HOUR_MINUTES;
  const format = new Intl.NumberFormat(tag, {
    style: 'unit',
    unit: isLong ? 'hour' : 'minute',
    unitDisplay: 'long',
    maximumFractionDigits: isLong ? 1 : 0,
  });
  return format.format(isLong ? value : Math.max(1, value)).replaceAll(' ', '\u00a0');
}

function twoFigures(value: number): number {
  if (value <= 0) return 0;
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Math.round(value / unit) * unit;
}
