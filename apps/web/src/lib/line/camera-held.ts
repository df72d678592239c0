import { limitsOf, type LineLimits, type LineStep } from '@relais/domain';

/** The person chose so, the cap that they set on data asks for it, or the line as it is measured has no room. */
export type CameraHeldBy = 'chosen' | 'cap' | 'line';

/**
 * What keeps one's own picture from being sent, if anything does. The person's own choice is named first: it is what they can
 * change at once. Pure.
 */
export function cameraHeldBy(
  steps: Readonly<Record<'chosen' | 'cap', LineStep>>,
  measured: Pick<LineLimits, 'ownCamera'>,
): CameraHeldBy | undefined {
  if (!limitsOf(steps.chosen).ownCamera) return 'chosen';
  if (!limitsOf(steps.cap).ownCamera) return 'cap';
  return measured.ownCamera ? undefined : 'line';
}
