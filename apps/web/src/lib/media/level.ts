/** The quietest sound that shows, in decibels below full scale: a quiet room's noise lies under it. */
const FLOOR = -60;
/** A voice near the microphone; louder shows no more. */
const CEILING = -10;

/** 0 to 1 from decibels relative to full scale (dBov, dBFS: -127 is silence, 0 the loudest). */
export function levelFromDecibels(decibels: number): number {
  if (!Number.isFinite(decibels)) return 0;
  return Math.min(1, Math.max(0, (decibels - FLOOR) / (CEILING - FLOOR)));
}

/** Decibels relative to full scale of samples between -1 and 1, by their root mean square. */
export function decibelsOf(samples: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < samples.length; i += 1) sum += (samples[i] ?? 0) ** 2;
  const mean = samples.length === 0 ? 0 : sum / samples.length;
  return mean === 0 ? -127 : Math.max(-127, 10 * Math.log10(mean));
}
